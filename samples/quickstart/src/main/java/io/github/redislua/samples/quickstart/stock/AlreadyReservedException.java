package io.github.redislua.samples.quickstart.stock;

@SuppressWarnings("serial")
public class AlreadyReservedException extends RuntimeException {

	public AlreadyReservedException(String message, Throwable cause) {
		super(message, cause);
	}

}
