package io.github.redislua.samples.cookbook.inventory;

@SuppressWarnings("serial")
public class AlreadyReservedException extends RuntimeException {

	public AlreadyReservedException(String message, Throwable cause) {
		super(message, cause);
	}

}
