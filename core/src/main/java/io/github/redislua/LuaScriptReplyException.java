package io.github.redislua;

import org.jspecify.annotations.Nullable;

/**
 * The reply of a script does not fit what the Java method returns. The script did run.
 */
@SuppressWarnings("serial")
public class LuaScriptReplyException extends LuaScriptException {

	private final String scriptName;

	private final String expected;

	private final String actual;

	/**
	 * Create a new exception.
	 * @param message for people: the method, the script, what was expected and what came
	 * @param scriptName the script's name
	 * @param expected what the method expects
	 * @param actual what came
	 * @param cause the reason, if there is one beneath
	 */
	public LuaScriptReplyException(String message, String scriptName, String expected, String actual,
			@Nullable Throwable cause) {
		super(message, cause);
		this.scriptName = scriptName;
		this.expected = expected;
		this.actual = actual;
	}

	/**
	 * The name of the script.
	 * @return the name
	 */
	public String getScriptName() {
		return this.scriptName;
	}

	/**
	 * What the method expects.
	 * @return for example {@code int}
	 */
	public String getExpected() {
		return this.expected;
	}

	/**
	 * What came.
	 * @return for example {@code bulk string "abc"}
	 */
	public String getActual() {
		return this.actual;
	}

}
