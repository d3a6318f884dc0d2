package io.github.redislua;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * The server cannot run the script now, and says so with one of the codes {@code BUSY},
 * {@code LOADING}, {@code CLUSTERDOWN}, {@code MASTERDOWN}, {@code TRYAGAIN},
 * {@code READONLY}, {@code NOREPLICAS} or {@code OOM}. Neither the script nor the
 * application is at fault, and a later call may well succeed: code that retries on
 * Spring's {@code TransientDataAccessException} is right to do so. The message says
 * whether the script ran: the server refuses most calls as a whole, but a command in the
 * middle of a script can be refused, too. The cause holds the server's own message.
 */
@SuppressWarnings("serial")
public class LuaScriptUnavailableException extends TransientDataAccessResourceException {

	private final String scriptName;

	private final String code;

	/**
	 * Create a new exception.
	 * @param message for people: the method, the script, the error, and whether the
	 * script ran
	 * @param scriptName the script's name
	 * @param code the error code
	 * @param cause the driver's exception with the server's own message
	 */
	public LuaScriptUnavailableException(String message, String scriptName, String code, @Nullable Throwable cause) {
		super(message, cause);
		this.scriptName = scriptName;
		this.code = code;
	}

	/**
	 * The name of the script.
	 * @return the name, for example {@code ratelimit/token_bucket}
	 */
	public String getScriptName() {
		return this.scriptName;
	}

	/**
	 * The error code: the first word of the server's answer.
	 * @return for example {@code BUSY}
	 */
	public String getCode() {
		return this.code;
	}

}
