package io.github.redislua.lint;

import org.jspecify.annotations.Nullable;

/**
 * Something found in a script.
 *
 * @param file the script's name in the report
 * @param line the line, from 1
 * @param column the column of the first character, from 1, in characters
 * @param endColumn the column after the last character on that line
 * @param severity how bad it is
 * @param rule the rule that found it
 * @param message what is wrong, in one sentence without a full stop
 * @param hint what to do, or null
 * @param text the source line, as it is
 */
public record Finding(String file, int line, int column, int endColumn, Severity severity, Rule rule, String message,
		@Nullable String hint, String text) implements Comparable<Finding> {

	/**
	 * A finding of the rule's own severity, with a mark of one character.
	 * @param rule the rule that it is shown under
	 * @param file the script's name in the report
	 * @param line the line, from 1
	 * @param column the column, from 1
	 * @param message what is wrong, in one sentence without a full stop
	 * @param hint what to do, or null
	 * @param text the source line
	 * @return the finding
	 */
	public static Finding of(Rule rule, String file, int line, int column, String message, @Nullable String hint,
			String text) {
		return new Finding(file, line, column, column + 1, rule.severity(), rule, message, hint, text);
	}

	/**
	 * The rule's id.
	 * @return the id
	 */
	public String id() {
		return this.rule.id();
	}

	/**
	 * Whether this is an error.
	 * @return whether this is an error
	 */
	public boolean isError() {
		return this.severity == Severity.ERROR;
	}

	@Override
	public int compareTo(Finding other) {
		int result = this.file.compareTo(other.file);
		result = (result != 0) ? result : Integer.compare(this.line, other.line);
		result = (result != 0) ? result : Integer.compare(this.column, other.column);
		result = (result != 0) ? result : this.rule.compareTo(other.rule);
		return (result != 0) ? result : this.message.compareTo(other.message);
	}

	/**
	 * The finding as it is shown in a report: position and message, the source line with
	 * a mark below it, the hint.
	 * @return several lines, without a line break at the end
	 */
	@Override
	public String toString() {
		StringBuilder out = new StringBuilder();
		appendTo(out);
		return out.toString();
	}

	void appendTo(StringBuilder out) {
		out.append(this.file).append(':').append(this.line).append(':').append(this.column).append(": ");
		out.append(this.severity.label()).append(": ").append(this.message);
		out.append(" [").append(this.rule.id()).append(']');
		if (!this.text.isBlank()) {
			SourceExcerpt.append(out, this);
		}
		if (this.hint != null) {
			out.append("\n     = ").append(this.hint);
		}
	}

}
