package io.github.redislua.samples.cookbook.server;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * What a script may ask of the server it runs in.
 */
@LuaRepository(path = "server", keyPrefix = "cookbook:")
public interface Diagnostics {

	@LuaScript
	long incrementLogged(@Key String counter, long mark);

	@LuaScript
	Attempt tryIncrement(@Key String counter);

	@LuaScript(errors = @LuaError(code = "NOT_A_COUNTER", exception = NotACounterException.class))
	long incrementOrFail(@Key String counter);

	// Read-only by the first line of the script.
	@LuaScript
	Optional<Description> describe(@Key String key);

	@LuaScript
	CompletableFuture<Long> spin(long rounds);

	@LuaScript
	CompletableFuture<Long> writeAndSpin(@Key String key, long rounds);

	record Attempt(boolean done, OptionalLong value, Optional<String> error) {
	}

	record Description(String type, OptionalLong millisToLive) {
	}

}
