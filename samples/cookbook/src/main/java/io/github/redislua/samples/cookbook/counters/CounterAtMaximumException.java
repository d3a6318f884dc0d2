package io.github.redislua.samples.cookbook.counters;

@SuppressWarnings("serial")
public class CounterAtMaximumException extends RuntimeException {

	public CounterAtMaximumException(String message, Throwable cause) {
		super(message, cause);
	}

}
