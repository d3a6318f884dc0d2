package io.github.redislua.tests.reload;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

import io.github.redislua.annotation.LuaScript;

/**
 * Two methods with one script.
 */
public interface Greetings {

	@LuaScript("greet")
	String greet();

	@LuaScript("greet")
	String greetAgain();

	/**
	 * Has this interface found.
	 */
	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	class Application {

	}

}
