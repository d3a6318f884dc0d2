package io.github.redislua.test;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A local server did not start, did not answer, or answered with an error. For an error
 * reply the message is the server's own text, such as {@code WRONGTYPE Operation against
 * a key holding the wrong kind of value}.
 */
public class LocalRedisException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what happened, or the text of the error reply
	 */
	public LocalRedisException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param message what happened
	 * @param cause why it happened, or {@code null}
	 */
	public LocalRedisException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
