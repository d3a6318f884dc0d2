package io.github.redislua.tests.autoconfigure.beans;

import io.github.redislua.annotation.LuaScript;

/**
 * Spring Boot has a bean of this name.
 */
public interface StringRedisTemplate {

	@LuaScript(source = "return 'mine'")
	String whose();

}
