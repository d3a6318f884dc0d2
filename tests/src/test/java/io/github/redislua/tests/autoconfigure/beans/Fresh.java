package io.github.redislua.tests.autoconfigure.beans;

import org.springframework.context.annotation.Scope;

import io.github.redislua.annotation.LuaScript;

/**
 * Another object for everybody.
 */
@Scope("prototype")
public interface Fresh {

	@LuaScript(source = "return 'fresh'")
	String which();

}
