package io.github.redislua.tests.autoconfigure.beans;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Description;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.Order;

import io.github.redislua.annotation.LuaScript;

/**
 * The one that is meant if nothing is said.
 */
@Primary
@Order(2)
@Role(BeanDefinition.ROLE_SUPPORT)
@Description("The first store")
public interface First extends Store {

	@Override
	@LuaScript(source = "return 'first'")
	String which();

}
