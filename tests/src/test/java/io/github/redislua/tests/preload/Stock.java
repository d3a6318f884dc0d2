package io.github.redislua.tests.preload;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

/**
 * Uses one script of a location.
 */
public interface Stock {

	@LuaScript
	long reserve(@Key String item, int amount);

}
