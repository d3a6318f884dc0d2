package io.github.redislua.internal.execute.call;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An error reply of the server, as a value: the drivers raise such replies each in their
 * own way, and on the way to healing nobody needs an exception.
 *
 * @param text the server's own text, without the leading {@code -}
 * @param nested whether the error was an element of an array or is known to be the
 * script's, which means that the script did run
 * @param cause the driver's exception, {@code null} if the driver made none
 * @param server the name of the server, {@code null} if nobody has noted it
 * @param repeated whether the call was sent before, and may have run then
 */
public record ErrorReply(String text, boolean nested, @Nullable RuntimeException cause, @Nullable String server,
		boolean repeated) {

	public ErrorReply(String text, boolean nested, @Nullable RuntimeException cause) {
		this(text, nested, cause, null, false);
	}

	/**
	 * The same error, and what is known of the call.
	 * @param server the server's name, {@code null} if it is not known
	 * @param repeated whether the call was sent before, with unknown outcome
	 * @return the error
	 */
	public ErrorReply of(@Nullable String server, boolean repeated) {
		return new ErrorReply(this.text, this.nested, this.cause, server, repeated);
	}

	/**
	 * The same error, of which the server says that the script made it.
	 * @return the error
	 */
	public ErrorReply ofTheScript() {
		return new ErrorReply(this.text, true, this.cause, this.server, this.repeated);
	}

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

	/**
	 * Whether the server cannot run anything for the slot now, in its own words.
	 * @return {@code true} if the script was not run
	 */
	public boolean isClusterDown() {
		return hasCode("CLUSTERDOWN") && !raisedInScript() && (this.text.startsWith("CLUSTERDOWN The cluster is down")
				|| this.text.equals("CLUSTERDOWN Hash slot not served"));
	}

	/**
	 * Whether the keys are on two servers for the moment, in the server's own words.
	 * @return {@code true} if the script was not run
	 */
	public boolean isTryAgain() {
		return hasCode("TRYAGAIN") && !raisedInScript()
				&& this.text.startsWith("TRYAGAIN Multiple keys request during rehashing of slot");
	}

	/**
	 * Whether the server is a replica and refused to write, in its own words: to run the
	 * script at all, or at its first write.
	 * @return {@code true} if nothing was written
	 */
	public boolean isReadOnlyReplica() {
		return hasCode("READONLY") && this.text.startsWith("READONLY You can't write against a read only ");
	}

	/**
	 * Whether a command in the script raised the error: servers add the place.
	 * @return {@code true} if the script ran up to there
	 */
	public boolean raisedInScript() {
		return this.text.contains("@user_script") || this.text.contains("@user_function");
	}

	/**
	 * Whether {@code SCRIPT LOAD} was refused for good, as to some users and by some
	 * providers: the script itself may still be sent. Otherwise the server cannot do
	 * anything now, or the script is wrong.
	 * @return {@code true} if the script is to be sent with {@code EVAL}
	 */
	public boolean isRefusedLoad() {
		return switch (code()) {
			case "BUSY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "ASK", "TRYAGAIN", "NOAUTH" -> false;
			default -> !isRejection();
		};
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
