package io.github.redislua.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.StringUtils;

import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;

/**
 * Finds connection factories among the beans.
 */
class ConnectionFactoryLookup implements Function<String, RedisConnectionFactory> {

	private final ListableBeanFactory beanFactory;

	private final @Nullable String defaultName;

	ConnectionFactoryLookup(ListableBeanFactory beanFactory, @Nullable String defaultName) {
		this.beanFactory = beanFactory;
		this.defaultName = defaultName;
	}

	@Override
	public RedisConnectionFactory apply(String name) {
		if (StringUtils.hasText(name)) {
			return named(name, "@LuaRepository(connectionFactory)");
		}
		if (StringUtils.hasText(this.defaultName)) {
			return named(this.defaultName, "redis-lua.connection-factory");
		}
		try {
			return this.beanFactory.getBean(RedisConnectionFactory.class);
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw problem("redis-lua.connection-factory",
					"there are several RedisConnectionFactory beans, " + names() + ", and none of them is primary",
					"Name one in redis-lua.connection-factory or in @LuaRepository(connectionFactory), or mark one @Primary");
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw problem("redis-lua.connection-factory", "there is no RedisConnectionFactory bean",
					"Leave Spring Boot's Redis auto-configuration in, with Lettuce or Jedis on the class path, or define one");
		}
	}

	private RedisConnectionFactory named(String name, String place) {
		try {
			return this.beanFactory.getBean(name, RedisConnectionFactory.class);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw problem(place, "there is no RedisConnectionFactory bean '" + name + "'",
					"Name one of these: " + names());
		}
	}

	private List<String> names() {
		return Arrays.asList(this.beanFactory.getBeanNamesForType(RedisConnectionFactory.class));
	}

	private static LuaScriptDefinitionException problem(String place, String problem, String action) {
		return new LuaScriptDefinitionException(List.of(new Finding(place, null, problem, action)));
	}

}
