package io.github.redislua.tests.ops;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaScript;

/**
 * Calls of every kind.
 */
public interface Buckets {

	@LuaScript("ratelimit/take")
	long take(@Key String bucket, int amount);

	@LuaScript("ratelimit/take")
	CompletableFuture<Long> takeLater(@Key String bucket, int amount);

	@LuaScript("ratelimit/take")
	Mono<Long> takeOnSubscription(@Key String bucket, int amount);

	@LuaScript(source = "return {1, 2, 3}")
	Flux<Long> stream();

	@LuaScript("refuse")
	long refuse(@Key String bucket, String argument);

	@LuaScript("refuse")
	CompletableFuture<Long> refuseLater(@Key String bucket, String argument);

	@LuaScript(value = "refuse", errors = @LuaError(code = "NOT_ENOUGH", exception = NotEnoughException.class))
	long refuseByAnotherName(@Key String bucket, String argument);

	@LuaScript("peek")
	int number(@Key String bucket);

	@LuaScript("peek")
	@Nullable String peek(@Key String bucket);

	/**
	 * The application's own.
	 */
	@SuppressWarnings("serial")
	class NotEnoughException extends RuntimeException {

		public NotEnoughException(String message) {
			super(message);
		}

	}

}
