package io.github.redislua.lint.rules;

import java.nio.charset.StandardCharsets;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.report.Messages;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.report.SourceText;
import io.github.redislua.lint.syntax.LuaSyntaxException;

/**
 * {@code syntax} and {@code encoding}.
 */
public final class SyntaxProblems {

	private SyntaxProblems() {
	}

	/**
	 * Reports what the parser refused.
	 * @param ex what it refused
	 * @param bytes the script
	 * @param text its lines
	 * @param problems where to report it
	 */
	public static void report(LuaSyntaxException ex, byte[] bytes, SourceText text, Problems problems) {
		String message = Messages.decode(String.valueOf(ex.getMessage()));
		if (ex.start() == 0 && bytes.length > 0 && bytes[0] == '#') {
			problems.add(Rule.ENCODING, Severity.ERROR, 0, text.end(1), "a script cannot start with '#': " + message,
					"only the line '#!lua flags=...' may, as the very first; comments start with '--'");
			return;
		}
		int at = ex.start();
		if (at < bytes.length && bytes[at] == 0) {
			problems.add(Rule.ENCODING, Severity.ERROR, at, at + 1, "NUL byte: " + message,
					"save the script as UTF-8 text");
			return;
		}
		int line = (ex.line() > 0) ? ex.line() : text.line(at);
		// What goes over several lines is named by its last one: there the mark goes to
		// its end.
		if (text.line(at) != line) {
			int end = Math.max(text.start(line), Math.min(ex.end(), text.end(line)) - 1);
			int column = text.column(end);
			problems.addAt(Rule.SYNTAX, Severity.ERROR, line, column, column + 1, message, ex.hint());
			return;
		}
		int column = text.column(at);
		int end = Math.max(column, text.column(Math.min(ex.end(), text.end(line))));
		problems.addAt(Rule.SYNTAX, Severity.ERROR, line, column, end, message, ex.hint());
	}

	/**
	 * Reports a NUL byte where Lua accepts it: in a string or comment.
	 * @param bytes the script
	 * @param problems where to report it
	 */
	public static void nul(byte[] bytes, Problems problems) {
		// The JVM's own search looks at many bytes at once.
		int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(0);
		if (at >= 0) {
			problems.add(Rule.ENCODING, Severity.WARN, at, at + 1,
					"NUL byte: the server's parser lets it pass here, but what reads C strings cuts the script",
					"write '\\0' in a string");
		}
	}

}
