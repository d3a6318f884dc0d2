package io.github.redislua.tests.aot.plain;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.annotation.EnableLuaScripts;

/**
 * An application without Spring Boot.
 */
@Configuration(proxyBeanMethods = false)
@EnableLuaScripts
public class PlainApplication {

	@Bean
	LettuceConnectionFactory redisConnectionFactory(Environment environment) {
		return new LettuceConnectionFactory(
				new RedisStandaloneConfiguration(environment.getRequiredProperty("spring.data.redis.host"),
						environment.getRequiredProperty("spring.data.redis.port", Integer.class)));
	}

}
