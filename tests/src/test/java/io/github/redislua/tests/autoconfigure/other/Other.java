package io.github.redislua.tests.autoconfigure.other;

import io.github.redislua.annotation.LuaScript;

/**
 * In a package that only {@code @EnableLuaScripts} names.
 */
public interface Other {

	@LuaScript(source = "return 'other'")
	String other();

}
