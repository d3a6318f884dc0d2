package io.github.redislua.tests.aot.everything;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;

/**
 * Every kind of method.
 */
@LuaRepository(keyPrefix = "aot:")
public interface Everything {

	@LuaScript("scripts/aot/reserve")
	Reservation reserve(@Key String stock, int amount);

	@LuaScript(source = "return redis.call('INCR', KEYS[1])", keys = "{cart:#cart.id}:count")
	long count(Cart cart);

	@LuaScript(source = "return ARGV[1]", reply = ReplyFormat.JSON)
	Cart echo(@Arg(json = true) Cart cart);

	@LuaScript(source = "return {'id', ARGV[1], 'items', '3'}", reply = ReplyFormat.MAP)
	Cart fields(String id);

	@LuaScript(source = "return {'a', '1', 'b', '2'}")
	Map<String, Integer> map();

	@LuaScript(source = "return ARGV")
	List<Color> colors(List<Color> colors);

	@LuaScript(source = "return false")
	Optional<String> nothing();

	@LuaScript(source = "return {err = 'SOLD_OUT nothing left'}",
			errors = @LuaError(code = "SOLD_OUT", exception = SoldOutException.class))
	void refuse();

	@LuaScript(source = "return redis.call('INCR', KEYS[1])")
	CompletableFuture<Long> later(@Key String key);

	@LuaScript(source = "return redis.call('INCR', KEYS[1])")
	Mono<Long> mono(@Key String key);

	@LuaScript(source = "return {1, 2, 3}")
	Flux<Integer> flux();

	default long twice(Cart cart) {
		count(cart);
		return count(cart);
	}

	record Reservation(boolean reserved, int left) {

	}

	record Cart(String id, int items) {

	}

	enum Color {

		RED, GREEN

	}

	class SoldOutException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public SoldOutException(String message) {
			super(message);
		}

	}

}
