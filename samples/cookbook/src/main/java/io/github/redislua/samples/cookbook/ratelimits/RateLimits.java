package io.github.redislua.samples.cookbook.ratelimits;

import java.time.Duration;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Rate limits by the clock of the server.
 */
@LuaRepository(path = "ratelimits", keyPrefix = "cookbook:")
public interface RateLimits {

	@LuaScript
	Decision fixedWindow(@Key String client, int limit, Duration window);

	@LuaScript
	Decision slidingWindow(@Key String client, String request, int size, int limit, Duration window);

	default Decision slidingWindow(String client, String request, int limit, Duration window) {
		return slidingWindow(client, request, 1, limit, window);
	}

	@LuaScript
	Taken tokenBucket(@Key String client, int capacity, int refillPerSecond);

	/**
	 * What a window says.
	 *
	 * @param allowed whether the request may be served
	 * @param remaining how many more may be
	 * @param retryAfter in how many milliseconds to ask again
	 */
	record Decision(boolean allowed, long remaining, long retryAfter) {
	}

	/**
	 * What a bucket says.
	 *
	 * @param allowed whether there was a token
	 * @param tokensOrWait how many are left, or in how many milliseconds there is one
	 */
	record Taken(boolean allowed, long tokensOrWait) {
	}

}
