package io.github.redislua.tests.autoconfigure.beans;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

import io.github.redislua.annotation.LuaScript;

/**
 * The one that has to be asked for.
 */
@Lazy
@Fallback
@Order(1)
@Qualifier("spare")
@DependsOn("stringRedisTemplate")
public interface Second extends Store {

	@Override
	@LuaScript(source = "return 'second'")
	String which();

}
