package io.github.redislua.tests.aot.plain;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

/**
 * Scripts of the application without Spring Boot.
 */
public interface PlainScripts {

	@LuaScript(source = "return redis.call('GET', KEYS[1])")
	int left(@Key String stock);

}
