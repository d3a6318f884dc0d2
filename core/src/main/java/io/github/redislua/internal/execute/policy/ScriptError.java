package io.github.redislua.internal.execute.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an error's text. Servers write the same error in several ways: <pre>
 * CODE message script: 5f2c…, on @user_script:7.                         since 7.0
 * ERR user_script:7: message script: 5f2c…, on @user_script:7.           since 7.0, error()
 * ERR Error compiling script (new function): user_script:7: message
 * ERR Error running script (call to f_5f2c…): @user_script:7: message    before 7.0
 * CODE message                                                           returned by the script
 * </pre>
 *
 * @param code the error code, {@code null} if there is none
 * @param message the text without code and place
 * @param line the line in the script, 0 if unknown
 */
record ScriptError(@Nullable String code, String message, int line) {

	private static final Pattern SUFFIX = Pattern
		.compile("\\s*script: [^\\s,]*, on @(?:user_script|user_function|[\\w.-]+):(\\d+)\\.?$");

	private static final Pattern RUNNING = Pattern.compile("^Error running script \\(call to \\w+\\): ");

	private static final Pattern COMPILING = Pattern
		.compile("^(Error compiling script \\([^)]*\\): )user_script:(\\d+): ");

	private static final Pattern POSITION = Pattern.compile("^@?(\\w+): ?(\\d+): ");

	private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]+");

	static ScriptError parse(String text) {
		String rest = text;
		int line = 0;
		Matcher suffix = SUFFIX.matcher(rest);
		if (suffix.find()) {
			line = Integer.parseInt(suffix.group(1));
			rest = rest.substring(0, suffix.start());
		}
		if (rest.indexOf(' ') < 0) {
			return new ScriptError(rest, "", line);
		}
		String code = firstWord(rest);
		if (!CODE.matcher(code).matches()) {
			return new ScriptError(null, rest, line);
		}
		rest = rest.substring(code.length() + 1).strip();
		if (!code.equals("ERR")) {
			return new ScriptError(code, rest, line);
		}
		return parseGeneric(rest, line);
	}

	// ERR stands before whatever has no code of its own, and before 7.0 before
	// everything.
	private static ScriptError parseGeneric(String text, int line) {
		Matcher compiling = COMPILING.matcher(text);
		if (compiling.find()) {
			String message = compiling.group(1) + text.substring(compiling.end());
			return new ScriptError("ERR", message, Integer.parseInt(compiling.group(2)));
		}
		String rest = RUNNING.matcher(text).replaceFirst("");
		int place = line;
		for (Matcher position = POSITION.matcher(rest); position.find(); position = POSITION.matcher(rest)) {
			if (position.group(1).startsWith("user_")) {
				place = Integer.parseInt(position.group(2));
			}
			rest = rest.substring(position.end());
		}
		boolean raised = rest.length() != text.length();
		String code = firstWord(rest);
		if (CODE.matcher(code).matches() && (raised || code.length() == rest.length())) {
			return new ScriptError(code, rest.substring(code.length()).strip(), place);
		}
		return new ScriptError("ERR", rest, place);
	}

	private static String firstWord(String text) {
		int end = text.indexOf(' ');
		return (end < 0) ? text : text.substring(0, end);
	}

}
