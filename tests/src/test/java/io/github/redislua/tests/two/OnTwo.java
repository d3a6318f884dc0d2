package io.github.redislua.tests.two;

import org.springframework.context.annotation.Configuration;

import io.github.redislua.annotation.EnableLuaScripts;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * The only interface of its application, which names its server.
 */
@LuaRepository(connectionFactory = "two")
public interface OnTwo {

	@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
	long add(@Key String key, int amount);

	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts
	class Application {

	}

}
