package io.github.redislua.samples.quickstart.ratelimit;

import java.time.Instant;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

@LuaRepository(path = "ratelimit", keyPrefix = "shop:")
public interface RateLimits {

	@LuaScript("token_bucket")
	Decision tryAcquire(@Key String bucket, int capacity, int refillPerSecond, Instant now);

	record Decision(boolean allowed, long remaining) {
	}

}
