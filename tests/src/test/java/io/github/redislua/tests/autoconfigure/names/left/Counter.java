package io.github.redislua.tests.autoconfigure.names.left;

import io.github.redislua.annotation.LuaScript;

/**
 * There is another one of this name.
 */
public interface Counter {

	@LuaScript(source = "return 'left'")
	String side();

}
