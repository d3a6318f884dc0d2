package io.github.redislua.samples.quickstart.ratelimit;

import java.time.Clock;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

import io.github.redislua.samples.quickstart.ratelimit.RateLimits.Decision;

/**
 * Lets each client make a few requests at once, and then one a second.
 */
@Component
class RateLimitInterceptor implements HandlerInterceptor {

	private static final int CAPACITY = 5;

	private static final int REFILL_PER_SECOND = 1;

	private final RateLimits rateLimits;

	private final Clock clock;

	RateLimitInterceptor(RateLimits rateLimits, Clock clock) {
		this.rateLimits = rateLimits;
		this.clock = clock;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String bucket = "ratelimit:" + request.getRemoteAddr();
		Decision decision = this.rateLimits.tryAcquire(bucket, CAPACITY, REFILL_PER_SECOND, this.clock.instant());
		if (!decision.allowed()) {
			throw new RateLimitExceededException(
					"At most %s orders at once, then %s a second".formatted(CAPACITY, REFILL_PER_SECOND),
					Duration.ofSeconds(1));
		}
		return true;
	}

}
