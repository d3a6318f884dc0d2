package io.github.redislua.test;

import java.io.Serial;

/**
 * No server program, or none of the version asked for, is in reach. The message says what
 * was looked for and where, so that a test can be skipped with it as the reason.
 */
public class LocalRedisUnavailableException extends LocalRedisException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what was looked for, and where
	 */
	public LocalRedisUnavailableException(String message) {
		super(message);
	}

}
