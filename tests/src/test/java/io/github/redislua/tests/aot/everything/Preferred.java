package io.github.redislua.tests.aot.everything;

import org.springframework.context.annotation.Description;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;

import io.github.redislua.annotation.LuaScript;

/**
 * With annotations of a bean.
 */
@Primary
@Lazy
@Description("The one that is meant")
public interface Preferred {

	@LuaScript(source = "return 'preferred'")
	String which();

}
