package io.github.redislua.tests.autoconfigure.beans;

import io.github.redislua.annotation.LuaScript;

/**
 * A class, which runs no scripts.
 */
public abstract class Misplaced {

	@LuaScript(source = "return 1")
	abstract long inAClass();

}
