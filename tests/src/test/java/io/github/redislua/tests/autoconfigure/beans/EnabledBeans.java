package io.github.redislua.tests.autoconfigure.beans;

import org.springframework.context.annotation.Configuration;

import io.github.redislua.annotation.EnableLuaScripts;

/**
 * The same application with {@code @EnableLuaScripts}.
 */
@Configuration(proxyBeanMethods = false)
@EnableLuaScripts
public class EnabledBeans {

}
