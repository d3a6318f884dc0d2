package io.github.redislua.samples.quickstart.ratelimit;

import java.time.Duration;

@SuppressWarnings("serial")
public class RateLimitExceededException extends RuntimeException {

	private final Duration retryAfter;

	RateLimitExceededException(String message, Duration retryAfter) {
		super(message);
		this.retryAfter = retryAfter;
	}

	public Duration getRetryAfter() {
		return this.retryAfter;
	}

}
