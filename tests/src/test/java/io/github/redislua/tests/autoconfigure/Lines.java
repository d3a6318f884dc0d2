package io.github.redislua.tests.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration;
import io.github.redislua.test.LocalRedis;

/**
 * What has another name on another line of Spring Boot.
 */
public final class Lines {

	private static final List<String> REDIS = List.of(
			"org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
			"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration");

	private static final List<String> JACKSON = List.of(
			"org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
			"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration");

	private Lines() {
	}

	public static ApplicationContextRunner runner(LocalRedis redis) {
		return runner(redis, LuaScriptsAutoConfiguration.class, present(REDIS), present(JACKSON));
	}

	public static ApplicationContextRunner runnerWithoutJackson(LocalRedis redis) {
		return runner(redis, LuaScriptsAutoConfiguration.class, present(REDIS));
	}

	private static ApplicationContextRunner runner(LocalRedis redis, Class<?>... autoConfigurations) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(autoConfigurations))
			.withPropertyValues("spring.data.redis.host=" + redis.getHost(),
					"spring.data.redis.port=" + redis.getPort());
	}

	private static Class<?> present(List<String> names) {
		ClassLoader loader = Lines.class.getClassLoader();
		List<Class<?>> classes = new ArrayList<>();
		for (String name : names) {
			if (ClassUtils.isPresent(name, loader)) {
				classes.add(ClassUtils.resolveClassName(name, loader));
			}
		}
		Assert.state(classes.size() == 1, () -> "Not exactly one of " + names);
		return classes.get(0);
	}

}
