package io.github.redislua.tests.reload;

import java.util.Map;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

/**
 * Fails with what the caller says.
 */
public interface Failing {

	@LuaScript(source = "return { err = KEYS[1] }")
	String fail(@Key String word);

	@LuaScript(source = "return {KEYS[1], 'no number'}")
	Map<String, Long> field(@Key String field);

}
