package io.github.redislua.samples.cookbook.server;

@SuppressWarnings("serial")
public class NotACounterException extends RuntimeException {

	public NotACounterException(String message, Throwable cause) {
		super(message, cause);
	}

}
