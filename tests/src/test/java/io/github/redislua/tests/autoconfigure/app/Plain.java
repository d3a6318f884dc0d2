package io.github.redislua.tests.autoconfigure.app;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

/**
 * Found by its methods.
 */
public interface Plain {

	@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
	long add(@Key String counter, int amount);

	@LuaScript(source = "return KEYS[1]")
	String key(@Key String key);

}
