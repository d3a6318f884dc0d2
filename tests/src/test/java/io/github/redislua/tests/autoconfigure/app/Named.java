package io.github.redislua.tests.autoconfigure.app;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Has a bean name and a prefix of its own.
 */
@LuaRepository(beanName = "theNamedOne", keyPrefix = "${tenant:none}:")
public interface Named {

	@LuaScript(source = "return KEYS[1]")
	String key(@Key String key);

}
