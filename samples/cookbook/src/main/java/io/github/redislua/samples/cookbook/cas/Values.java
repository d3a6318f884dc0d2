package io.github.redislua.samples.cookbook.cas;

import java.time.Duration;
import java.util.Optional;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Values that are set or deleted on a condition.
 */
@LuaRepository(path = "cas", keyPrefix = "cookbook:")
public interface Values {

	@LuaScript
	boolean compareAndSet(@Key String key, String expected, String value);

	@LuaScript
	boolean deleteIf(@Key String key, String expected);

	@LuaScript(source = "return redis.call('GETDEL', KEYS[1])")
	Optional<String> getAndDelete(@Key String key);

	@LuaScript(source = "return redis.call('GETEX', KEYS[1], 'PX', ARGV[1])")
	Optional<String> getAndExpire(@Key String key, Duration ttl);

	@LuaScript
	Found getOrSet(@Key String key, String value, Duration ttl);

	@LuaScript(source = "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])")
	boolean setIfAbsent(@Key String key, String value, Duration ttl);

	@LuaScript
	boolean setWithMinimumTtl(@Key String key, String value, Duration ttl);

	record Found(String value, boolean created) {
	}

}
