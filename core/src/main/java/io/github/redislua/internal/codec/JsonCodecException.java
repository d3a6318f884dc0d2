package io.github.redislua.internal.codec;

/**
 * The JSON library could not write a value or read a text; its own exception is the
 * cause. Internal.
 */
public class JsonCodecException extends RuntimeException {

	public JsonCodecException(String message, Throwable cause) {
		super(message, cause);
	}

}
