package io.github.redislua.test.internal.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Finds out whether an application or a test says itself which Redis to use.
 */
public final class ConfiguredRedis {

	private static final String PREFIX = "spring.data.redis.";

	private static final List<String> VALUES = List.of("url", "host", "port", "sentinel.master");

	private static final List<String> LISTS = List.of("cluster.nodes", "sentinel.nodes", "masterreplica.nodes");

	/**
	 * The connection details and the auto-configuration that derives them from
	 * properties, by the names of Spring Boot 3.5 and 4.
	 */
	private static final List<Line> LINES = List.of(
			new Line("org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails",
					"org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration"),
			new Line("org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails",
					"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"));

	private ConfiguredRedis() {
	}

	/**
	 * Find what says so.
	 * @param environment the application's properties
	 * @param beanFactory the application's bean definitions
	 * @return the property or the bean, for people, or {@code null} if there is none
	 */
	public static @Nullable String find(Environment environment, ConfigurableListableBeanFactory beanFactory) {
		Binder binder = Binder.get(environment);
		for (String name : VALUES) {
			if (binder.bind(PREFIX + name, String.class).isBound()) {
				return "property " + PREFIX + name;
			}
		}
		for (String name : LISTS) {
			if (binder.bind(PREFIX + name, Bindable.listOf(String.class)).isBound()) {
				return "property " + PREFIX + name;
			}
		}
		return findConnectionDetails(beanFactory);
	}

	private static @Nullable String findConnectionDetails(ConfigurableListableBeanFactory beanFactory) {
		for (Line line : LINES) {
			if (ClassUtils.isPresent(line.connectionDetails(), beanFactory.getBeanClassLoader())) {
				Class<?> type = ClassUtils.resolveClassName(line.connectionDetails(), beanFactory.getBeanClassLoader());
				for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
					if (!isFromProperties(name, line, beanFactory)) {
						return "bean '%s'".formatted(name);
					}
				}
			}
		}
		return null;
	}

	private static boolean isFromProperties(String name, Line line, ConfigurableListableBeanFactory beanFactory) {
		return beanFactory.containsBeanDefinition(name)
				&& line.autoConfiguration().equals(beanFactory.getBeanDefinition(name).getFactoryBeanName());
	}

	/**
	 * The names one line of Spring Boot uses.
	 *
	 * @param connectionDetails the interface of the connection details
	 * @param autoConfiguration the auto-configuration with the default ones
	 */
	private record Line(String connectionDetails, String autoConfiguration) {

	}

}
