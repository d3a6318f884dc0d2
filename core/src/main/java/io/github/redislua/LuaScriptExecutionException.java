package io.github.redislua;

import org.jspecify.annotations.Nullable;

/**
 * A script, or Redis on behalf of a script, answered with an error. The cause holds the
 * server's own message.
 */
@SuppressWarnings("serial")
public class LuaScriptExecutionException extends LuaScriptException {

	private final String scriptName;

	private final String sha1;

	private final @Nullable String code;

	private final String error;

	private final @Nullable String location;

	/**
	 * Create a new exception.
	 * @param message for people: the method, the script, the place and the error
	 * @param scriptName the script's name
	 * @param sha1 the script's digest
	 * @param code the error code, {@code null} if the error has none
	 * @param error the error's text without the code and without what Redis appends
	 * @param location the place in the script, {@code null} if the server names none
	 * @param cause the driver's exception with the server's own message
	 */
	public LuaScriptExecutionException(String message, String scriptName, String sha1, @Nullable String code,
			String error, @Nullable String location, @Nullable Throwable cause) {
		super(message, cause);
		this.scriptName = scriptName;
		this.sha1 = sha1;
		this.code = code;
		this.error = error;
		this.location = location;
	}

	/**
	 * The name of the script.
	 * @return the name
	 */
	public String getScriptName() {
		return this.scriptName;
	}

	/**
	 * The digest of the script.
	 * @return 40 hexadecimal digits
	 */
	public String getSha1() {
		return this.sha1;
	}

	/**
	 * The error code: the first word of the error where that is a code, such as
	 * {@code ERR}, {@code WRONGTYPE}, {@code BUSY} or the script's own, or the whole
	 * error if it is one word.
	 * @return the code, {@code null} if the error has none
	 */
	public @Nullable String getCode() {
		return this.code;
	}

	/**
	 * The text of the error, without the code and without the place that Redis appends.
	 * @return the text, possibly empty
	 */
	public String getError() {
		return this.error;
	}

	/**
	 * The place in the script.
	 * @return for example {@code lua/stock/reserve.lua:7}, {@code null} if the server
	 * names no line, as for an error that the script returned
	 */
	public @Nullable String getLocation() {
		return this.location;
	}

}
