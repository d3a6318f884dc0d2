package io.github.redislua.tests.autoconfigure.other;

import org.springframework.context.annotation.Configuration;

import io.github.redislua.annotation.EnableLuaScripts;

/**
 * Names no package, and so means its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableLuaScripts
public class EnabledHere {

}
