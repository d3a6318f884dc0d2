package io.github.redislua.samples.cookbook.replies;

@SuppressWarnings("serial")
public class NotANumberException extends RuntimeException {

	public NotANumberException(String message, Throwable cause) {
		super(message, cause);
	}

}
