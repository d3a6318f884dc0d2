package io.github.redislua.samples.cookbook.locks;

import java.time.Duration;
import java.util.OptionalInt;

import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Locks that run out. The owner is a text that nobody else has, such as a random UUID.
 */
@LuaRepository(path = "locks", keyPrefix = "cookbook:")
public interface Locks {

	@LuaScript(source = "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])", keys = "lock:#name")
	boolean acquire(String name, String owner, Duration ttl);

	@LuaScript(source = "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[2])", keys = "lock:#name")
	boolean acquireForSeconds(String name, String owner, int seconds);

	@LuaScript(keys = "lock:#name")
	Attempt tryAcquire(String name, String owner, Duration ttl);

	@LuaScript(keys = "lock:#name")
	boolean release(String name, String owner);

	@LuaScript(keys = "lock:#name",
			errors = @LuaError(code = "INVALID_TTL", exception = IllegalArgumentException.class))
	boolean extend(String name, String owner, Duration ttl);

	@LuaScript(keys = "reentrant-lock:#name",
			errors = @LuaError(code = "INVALID_TTL", exception = IllegalArgumentException.class))
	int acquireReentrant(String name, String owner, Duration ttl);

	@LuaScript(keys = "reentrant-lock:#name")
	OptionalInt releaseReentrant(String name, String owner);

	/**
	 * What became of an attempt.
	 *
	 * @param acquired whether the caller has the lock
	 * @param ttl for how many milliseconds somebody has it, -1 for ever
	 */
	record Attempt(boolean acquired, long ttl) {
	}

}
