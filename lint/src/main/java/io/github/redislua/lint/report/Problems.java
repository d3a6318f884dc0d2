package io.github.redislua.lint.report;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.Finding;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.syntax.Expr;

/**
 * Collects the findings of one script.
 */
public final class Problems {

	private final String file;

	private final SourceText text;

	private final Suppressions suppressions;

	private final List<Finding> findings = new ArrayList<>();

	/**
	 * A collector for one script.
	 * @param file the script's name in the report
	 * @param text its lines
	 * @param suppressions where rules are silent
	 */
	public Problems(String file, SourceText text, Suppressions suppressions) {
		this.file = file;
		this.text = text;
		this.suppressions = suppressions;
	}

	/**
	 * What was found, in the order in which it was added.
	 * @return the findings
	 */
	public List<Finding> findings() {
		return this.findings;
	}

	/**
	 * The line of a byte.
	 * @param offset the offset
	 * @return the line, from 1
	 */
	public int line(int offset) {
		return this.text.line(offset);
	}

	/**
	 * Whether a rule is silent at a place.
	 * @param rule the rule
	 * @param offset the offset
	 * @return whether a finding there would be dropped
	 */
	public boolean isSuppressed(Rule rule, int offset) {
		return !this.suppressions.isEmpty() && this.suppressions.covers(rule, this.text.line(offset));
	}

	/**
	 * Adds a finding of the rule's own severity.
	 * @param rule the rule
	 * @param expr what it marks
	 * @param message the message
	 * @param hint what to do, or null
	 */
	public void add(Rule rule, Expr expr, String message, @Nullable String hint) {
		add(rule, rule.severity(), expr.start(), expr.end(), message, hint);
	}

	/**
	 * Adds a finding whose severity is a warning where what is raised is caught.
	 * @param rule the rule
	 * @param caught whether it is caught
	 * @param start the offset of the first byte that it marks
	 * @param end the offset after the last one
	 * @param message the message
	 * @param hint what to do, or null
	 */
	public void add(Rule rule, boolean caught, int start, int end, String message, @Nullable String hint) {
		add(rule, caught ? Severity.WARN : rule.severity(), start, end, message, hint);
	}

	/**
	 * Adds a finding.
	 * @param rule the rule
	 * @param severity its severity
	 * @param start the offset of the first byte that it marks
	 * @param end the offset after the last one
	 * @param message the message
	 * @param hint what to do, or null
	 */
	public void add(Rule rule, Severity severity, int start, int end, String message, @Nullable String hint) {
		int line = this.text.line(start);
		if (!this.suppressions.covers(rule, line)) {
			int column = this.text.column(start);
			addAt(rule, severity, line, column, Math.max(column, endColumn(line, end)), message, hint);
		}
	}

	/**
	 * Adds a finding at a line and column, without asking whether the rule is silent
	 * there.
	 * @param rule the rule
	 * @param severity its severity
	 * @param line the line
	 * @param column the column
	 * @param endColumn the column after the mark
	 * @param message the message
	 * @param hint what to do, or null
	 */
	public void addAt(Rule rule, Severity severity, int line, int column, int endColumn, String message,
			@Nullable String hint) {
		String shown = (line <= this.text.lines()) ? this.text.text(line) : "";
		this.findings.add(new Finding(this.file, line, column, endColumn, severity, rule, message, hint, shown));
	}

	// What goes on below is marked to the end of its first line.
	private int endColumn(int line, int end) {
		return this.text.column(Math.min(end, this.text.end(line)));
	}

}
