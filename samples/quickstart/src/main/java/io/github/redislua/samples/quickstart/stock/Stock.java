package io.github.redislua.samples.quickstart.stock;

import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

@LuaRepository(path = "stock", keyPrefix = "shop:")
public interface Stock {

	@LuaScript(source = "redis.call('SET', KEYS[1], ARGV[1])", keys = "{stock:#sku}:available", idempotent = true)
	void load(String sku, int quantity);

	@LuaScript(keys = { "{stock:#sku}:available", "{stock:#sku}:order:#orderId" }, idempotent = true,
			errors = { @LuaError(code = "OUT_OF_STOCK", exception = OutOfStockException.class),
					@LuaError(code = "ALREADY_RESERVED", exception = AlreadyReservedException.class) })
	Reservation reserve(String sku, String orderId, int quantity);

	record Reservation(int reserved, int left) {
	}

}
