package io.github.redislua.tests.aot.blocking;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import io.github.redislua.annotation.EnableLuaScripts;

/**
 * An application on Jedis, which can only wait.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableLuaScripts
public class BlockingApplication {

}
