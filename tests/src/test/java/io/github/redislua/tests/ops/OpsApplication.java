package io.github.redislua.tests.ops;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.redislua.test.LocalRedis;

/**
 * An application with everything that Spring Boot configures by itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class OpsApplication {

	static ConfigurableApplicationContext run(LocalRedis redis, WebApplicationType type, String... properties) {
		return run(redis, type, new Class<?>[0], properties);
	}

	static ConfigurableApplicationContext run(LocalRedis redis, WebApplicationType type, Class<?>[] configurations,
			String... properties) {
		return new SpringApplicationBuilder(OpsApplication.class).sources(configurations)
			.web(type)
			.properties("spring.data.redis.host=" + redis.getHost(), "spring.data.redis.port=" + redis.getPort(),
					"redis-lua.locations=classpath:scripts/ops/", "server.port=0", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

}
