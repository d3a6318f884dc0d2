package io.github.redislua.internal.codec;

/**
 * A parameter or return type that cannot cross the wire, found at start-up. The message
 * names the type and says what to do about it. Internal.
 */
public class UnsupportedTypeException extends IllegalArgumentException {

	public UnsupportedTypeException(String message) {
		super(message);
	}

	public UnsupportedTypeException(String message, Throwable cause) {
		super(message, cause);
	}

}
