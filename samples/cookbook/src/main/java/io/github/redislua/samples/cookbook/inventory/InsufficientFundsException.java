package io.github.redislua.samples.cookbook.inventory;

@SuppressWarnings("serial")
public class InsufficientFundsException extends RuntimeException {

	public InsufficientFundsException(String message, Throwable cause) {
		super(message, cause);
	}

}
