package io.github.redislua.samples.cookbook.inventory;

import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * How many there are of a thing, and who has reserved some of them.
 */
@LuaRepository(path = "inventory", keyPrefix = "cookbook:")
public interface Inventory {

	@LuaScript(source = "redis.call('SET', KEYS[1], ARGV[1])", keys = "{stock:#sku}:available", idempotent = true)
	void load(String sku, long quantity);

	@LuaScript(keys = { "{stock:#sku}:available", "{stock:#sku}:reserved" }, idempotent = true,
			errors = @LuaError(code = "ALREADY_RESERVED", exception = AlreadyReservedException.class))
	Reservation reserve(String sku, String order, long quantity);

	/**
	 * What became of an order.
	 *
	 * @param ok whether the order has what it wants
	 * @param remaining how many are left
	 */
	record Reservation(boolean ok, long remaining) {
	}

}
