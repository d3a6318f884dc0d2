package io.github.redislua.tests.aot.blocking;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Scripts of the application on Jedis.
 */
@LuaRepository(keyPrefix = "aot:")
public interface BlockingScripts {

	@LuaScript("scripts/aot/reserve")
	Reservation reserve(@Key String stock, int amount);

	record Reservation(boolean reserved, int left) {

	}

}
