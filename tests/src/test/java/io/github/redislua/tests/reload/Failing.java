package io.github.redislua.tests.reload;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;

/**
 * Fails with one word.
 */
public interface Failing {

	@LuaScript(source = "return { err = KEYS[1] }")
	String fail(@Key String word);

}
