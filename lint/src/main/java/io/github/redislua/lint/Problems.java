package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;

/**
 * Collects the findings of one script.
 */
final class Problems {

	private final ScriptSource source;

	private final SourceText text;

	private final Suppressions suppressions;

	private final List<Finding> findings = new ArrayList<>();

	Problems(ScriptSource source, SourceText text, Suppressions suppressions) {
		this.source = source;
		this.text = text;
		this.suppressions = suppressions;
	}

	List<Finding> findings() {
		return this.findings;
	}

	int line(int offset) {
		return this.text.line(offset);
	}

	boolean isSuppressed(Rule rule, int offset) {
		return !this.suppressions.isEmpty() && this.suppressions.covers(rule, this.text.line(offset));
	}

	void add(Rule rule, Expr expr, String message, @Nullable String hint) {
		add(rule, rule.severity(), expr.start(), expr.end(), message, hint);
	}

	// Adds a finding whose severity is a warning where what is raised is caught.
	void add(Rule rule, boolean caught, int start, int end, String message, @Nullable String hint) {
		add(rule, caught ? Severity.WARN : rule.severity(), start, end, message, hint);
	}

	void add(Rule rule, Severity severity, int start, int end, String message, @Nullable String hint) {
		int line = this.text.line(start);
		if (!this.suppressions.covers(rule, line)) {
			int column = this.text.column(start);
			addAt(rule, severity, line, column, Math.max(column, endColumn(line, end)), message, hint);
		}
	}

	void addAt(Rule rule, Severity severity, int line, int column, int endColumn, String message,
			@Nullable String hint) {
		String shown = (line <= this.text.lines()) ? this.text.text(line) : "";
		this.findings
			.add(new Finding(this.source.name(), line, column, endColumn, severity, rule, message, hint, shown));
	}

	// What goes on below is marked to the end of its first line.
	private int endColumn(int line, int end) {
		return this.text.column(Math.min(end, this.text.end(line)));
	}

}
