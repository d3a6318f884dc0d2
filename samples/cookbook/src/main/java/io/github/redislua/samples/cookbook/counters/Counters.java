package io.github.redislua.samples.cookbook.counters;

import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Counters with conditions.
 */
@LuaRepository(path = "counters", keyPrefix = "cookbook:")
public interface Counters {

	@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
	long increment(@Key String counter, long by);

	@LuaScript
	OptionalLong incrementIfExists(@Key String counter, long by);

	@LuaScript
	OptionalLong incrementWithMaximum(@Key String counter, long maximum);

	@LuaScript
	Attempt tryIncrement(@Key String counter, long by, @Nullable Long maximum);

	@LuaScript
	long incrementClamped(@Key String counter, long by, long maximum);

	@LuaScript(errors = @LuaError(code = "INVALID_START", exception = IllegalArgumentException.class))
	Turn incrementWithReset(@Key String counter, long threshold, long start);

	@LuaScript
	long initialiseOrIncrement(@Key String counter, long first);

	@LuaScript(errors = @LuaError(code = "AT_MAXIMUM", exception = CounterAtMaximumException.class))
	long incrementOrFail(@Key String counter, long maximum);

	@LuaScript
	Guarded incrementGuarded(@Key String counter);

	@LuaScript(keys = { "{page:#page}:web", "{page:#page}:app", "{page:#page}:all" }, idempotent = true)
	long sum(String page);

	record Attempt(boolean accepted, long value) {
	}

	record Turn(long value, boolean startedAgain) {
	}

	record Guarded(boolean ok, OptionalLong value, Optional<String> error) {
	}

}
