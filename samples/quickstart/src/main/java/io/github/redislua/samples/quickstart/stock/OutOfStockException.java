package io.github.redislua.samples.quickstart.stock;

@SuppressWarnings("serial")
public class OutOfStockException extends RuntimeException {

	public OutOfStockException(String message, Throwable cause) {
		super(message, cause);
	}

}
