package io.github.redislua.internal.execute.call;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An error reply of the server, as a value: the drivers raise such replies each in their
 * own way, and on the way to healing nobody needs an exception.
 *
 * @param text the server's own text, without the leading {@code -}
 * @param nested whether the error was an element of an array, which means that the script
 * did run
 * @param cause the driver's exception, {@code null} if the driver made none
 */
public record ErrorReply(String text, boolean nested, @Nullable RuntimeException cause) {

	/**
	 * The first word of the error.
	 * @return the error code, as Redis calls it
	 */
	public String code() {
		int end = this.text.indexOf(' ');
		return (end < 0) ? this.text : this.text.substring(0, end);
	}

	public boolean hasCode(String code) {
		return !this.nested && this.text.startsWith(code)
				&& (this.text.length() == code.length() || this.text.charAt(code.length()) == ' ');
	}

	/**
	 * Whether the server does not know a command. A script that calls an unknown command
	 * gets another text.
	 * @param command the command's name
	 * @return {@code true} if the command was not executed
	 */
	public boolean isUnknownCommand(String command) {
		return hasCode("ERR") && this.text.regionMatches(true, 4, "unknown command", 0, "unknown command".length())
				&& this.text.toUpperCase(Locale.ROOT).contains(command) && !raisedInScript();
	}

	/**
	 * Whether the server does not know a script, in its own words. The error of a script
	 * that speaks of {@code NOSCRIPT} itself may look the same.
	 * @return {@code true} if the script was not run
	 */
	public boolean isMissingScript() {
		return !this.nested && this.text.startsWith("NOSCRIPT No matching script") && !raisedInScript();
	}

	public boolean raisedInScript() {
		return this.text.contains("@user_script") || this.text.contains("@user_function");
	}

	/**
	 * Whether the server read the script and does not take it, because of its syntax or
	 * of its {@code #!} line.
	 * @return {@code true} if the script is wrong
	 */
	public boolean isRejection() {
		return hasCode("ERR") && (this.text.startsWith("Error compiling script", 4) || this.text.contains("shebang"));
	}

}
