package io.github.redislua.tests.autoconfigure.app;

import io.github.redislua.annotation.LuaScript;

/**
 * Is there to be extended, and so is no bean, even though nobody might extend it.
 *
 * @param <T> what is echoed
 */
public interface GenericBase<T> {

	@LuaScript(source = "return ARGV[1]")
	T echo(T value);

}
