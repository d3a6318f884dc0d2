package io.github.redislua.tests.autoconfigure.names.right;

import io.github.redislua.annotation.LuaScript;

/**
 * There is another one of this name.
 */
public interface Counter {

	@LuaScript(source = "return 'right'")
	String side();

}
