package io.github.redislua.tests.aot.broken;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

/**
 * A script that reads more than its method supplies.
 */
public interface BrokenScripts {

	@LuaScript(source = "return redis.call('SET', KEYS[1], ARGV[2])")
	void store(@Key String key, String value);

}
