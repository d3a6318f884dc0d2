package io.github.redislua.samples.cookbook.ratelimits;

import java.time.Duration;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Rate limits by the clock of the server.
 */
@LuaRepository(path = "ratelimits", keyPrefix = "cookbook:")
public interface RateLimits {

	@LuaScript(errors = @LuaError(code = "INVALID_WINDOW", exception = IllegalArgumentException.class))
	Decision fixedWindow(@Key String client, int limit, Duration window);

	@LuaScript(idempotent = true,
			errors = { @LuaError(code = "INVALID_WINDOW", exception = IllegalArgumentException.class),
					@LuaError(code = "INVALID_SIZE", exception = IllegalArgumentException.class) })
	Decision slidingWindow(@Key String client, String request, int size, int limit, Duration window);

	default Decision slidingWindow(String client, String request, int limit, Duration window) {
		return slidingWindow(client, request, 1, limit, window);
	}

	@LuaScript(errors = { @LuaError(code = "INVALID_RATE", exception = IllegalArgumentException.class),
			@LuaError(code = "INVALID_AMOUNT", exception = IllegalArgumentException.class) })
	Taken tokenBucket(@Key String client, int tokens, int capacity, double refillPerSecond);

	default Taken tokenBucket(String client, int capacity, double refillPerSecond) {
		return tokenBucket(client, 1, capacity, refillPerSecond);
	}

	/**
	 * What a window says.
	 *
	 * @param allowed whether the request may be served
	 * @param remaining how many more may be
	 * @param retryAfter in how many milliseconds to ask again, 0 if it is allowed, -1 if
	 * it is larger than the limit
	 */
	record Decision(boolean allowed, long remaining, long retryAfter) {
	}

	/**
	 * What a bucket says.
	 *
	 * @param allowed whether there were so many tokens
	 * @param tokensOrWait how many are left, or in how many milliseconds there are
	 * enough, -1 for never
	 */
	record Taken(boolean allowed, long tokensOrWait) {
	}

}
