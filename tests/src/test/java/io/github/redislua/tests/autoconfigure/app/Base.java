package io.github.redislua.tests.autoconfigure.app;

import io.github.redislua.annotation.LuaScript;

/**
 * Is there to be extended, and so is no bean.
 */
public interface Base {

	@LuaScript(source = "return 'pong'")
	String ping();

}
