package io.github.redislua.samples.cookbook.inventory;

@SuppressWarnings("serial")
public class NoAccountException extends RuntimeException {

	public NoAccountException(String message, Throwable cause) {
		super(message, cause);
	}

}
