package io.github.redislua.lint.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.model.Shebang;
import io.github.redislua.lint.report.Problems;

/**
 * Reads the line {@code #!lua flags=…} as the server does.
 */
public final class ShebangReader {

	private static final List<String> FLAGS = List.of("no-writes", "allow-oom", "allow-stale", "no-cluster",
			"allow-cross-slot-keys");

	private static final String OPTION = "flags=";

	private final byte[] bytes;

	private final Problems problems;

	private final Set<String> extraFlags;

	private int position;

	private int partStart;

	private boolean unbalanced;

	/**
	 * A reader of one script.
	 * @param bytes the script
	 * @param problems where to report what the server refuses
	 * @param extraFlags flags that the servers know besides the usual ones
	 */
	public ShebangReader(byte[] bytes, Problems problems, Set<String> extraFlags) {
		this.bytes = bytes;
		this.problems = problems;
		this.extraFlags = extraFlags;
	}

	/**
	 * Reads the line.
	 * @return the shebang, or null if the server refuses it
	 */
	public @Nullable Shebang read() {
		if (this.bytes.length < 2 || this.bytes[0] != '#' || this.bytes[1] != '!') {
			return Shebang.NONE;
		}
		int end = 0;
		while (end < this.bytes.length && this.bytes[end] != '\n') {
			end++;
		}
		if (end == this.bytes.length) {
			error(0, end, "Invalid script shebang: nothing follows it",
					"the line needs a line break at its end, and the script below it");
			return null;
		}
		List<String> flags = new ArrayList<>();
		boolean valid = engine(end);
		String part = part(end);
		while (valid && part != null) {
			valid = option(part, flags);
			part = part(end);
		}
		if (valid && this.unbalanced) {
			error(0, end, "Invalid engine in script shebang: a quote is not closed", "no quotes are needed");
			return null;
		}
		return valid ? new Shebang(true, flags, end) : null;
	}

	private boolean engine(int end) {
		String engine = part(end);
		if ("#!lua".equals(engine)) {
			return true;
		}
		error(this.partStart, this.position, "Unexpected engine in script shebang: " + engine, "write '#!lua'");
		return false;
	}

	private boolean option(String part, List<String> flags) {
		if (!part.startsWith(OPTION)) {
			error(this.partStart, this.position, "Unknown lua shebang option: " + part,
					part.startsWith("name=") ? "this is a library of functions, loaded by FUNCTION LOAD, not a script"
							: "the only option is 'flags='");
			return false;
		}
		if (part.length() == OPTION.length()) {
			return true;
		}
		int from = OPTION.length();
		while (from <= part.length()) {
			int to = part.indexOf(',', from);
			to = (to >= 0) ? to : part.length();
			String flag = part.substring(from, to);
			if (!FLAGS.contains(flag) && !this.extraFlags.contains(flag)) {
				String closest = Suggestions.closest(flag, FLAGS);
				error(this.partStart + from, this.partStart + to, "Unexpected flag in script shebang: " + flag,
						flag.isEmpty() ? "flags are separated by a comma, without blanks" : (closest != null)
								? "did you mean '" + closest + "'?" : "flags are " + String.join(", ", FLAGS));
				return false;
			}
			flags.add(flag);
			from = to + 1;
		}
		return true;
	}

	// The server splits the line like a command line, with quotes.
	private @Nullable String part(int end) {
		while (this.position < end && isSpace(this.bytes[this.position])) {
			this.position++;
		}
		this.partStart = this.position;
		if (this.position >= end) {
			return null;
		}
		StringBuilder out = new StringBuilder();
		byte quote = 0;
		while (this.position < end) {
			byte b = this.bytes[this.position];
			if (quote == 0 && isSpace(b)) {
				break;
			}
			this.position++;
			if (quote == 0 && (b == '"' || b == '\'')) {
				quote = b;
			}
			else if (quote != 0 && b == quote) {
				quote = 0;
			}
			else {
				out.append((char) (b & 0xff));
			}
		}
		this.unbalanced |= quote != 0;
		String text = out.toString();
		return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

	private static boolean isSpace(byte b) {
		return b == ' ' || b >= '\t' && b <= '\r';
	}

	private void error(int start, int end, String message, String hint) {
		this.problems.add(Rule.SHEBANG, Severity.ERROR, start, end, message, hint);
	}

}
