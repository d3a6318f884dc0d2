package io.github.redislua.tests.autoconfigure.beans;

import io.github.redislua.annotation.LuaScript;

/**
 * The library has a bean of this name.
 */
public interface LuaScripts {

	@LuaScript(source = "return 'mine'")
	String whose();

}
