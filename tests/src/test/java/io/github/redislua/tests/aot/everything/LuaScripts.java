package io.github.redislua.tests.aot.everything;

import io.github.redislua.annotation.LuaScript;

/**
 * The library has a bean of this name.
 */
public interface LuaScripts {

	@LuaScript(source = "return 'mine'")
	String whose();

}
