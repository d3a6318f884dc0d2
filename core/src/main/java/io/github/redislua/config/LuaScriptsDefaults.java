package io.github.redislua.config;

import java.time.Duration;
import java.util.function.Supplier;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.Ordered;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScripts;

/**
 * The beans behind {@code @EnableLuaScripts} in an application without Spring Boot:
 * registered when all configuration classes are read and nobody else has.
 */
final class LuaScriptsDefaults implements BeanDefinitionRegistryPostProcessor, Ordered {

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
		if (beans.getBeanNamesForType(LuaRepositories.class, true, false).length > 0) {
			return;
		}
		register(registry, "luaRepositoryFactory", LuaRepositoryFactory.class, () -> factory(beans));
		register(registry, "luaScripts", LuaScripts.class, () -> beans.getBean(LuaRepositoryFactory.class).scripts());
		register(registry, "luaRepositories", LuaRepositories.class,
				() -> new LuaRepositories(beans.getBean(LuaRepositoryFactory.class), PreloadMode.LENIENT,
						Duration.ofSeconds(10)));
	}

	private static LuaRepositoryFactory factory(ConfigurableListableBeanFactory beans) {
		return LuaRepositoryFactory
			.builder((name) -> name.isEmpty() ? beans.getBean(RedisConnectionFactory.class)
					: beans.getBean(name, RedisConnectionFactory.class))
			.placeholders(beans::resolveEmbeddedValue)
			.build();
	}

	private static <T> void register(BeanDefinitionRegistry registry, String name, Class<T> type,
			Supplier<T> supplier) {
		registry.registerBeanDefinition(name, new RootBeanDefinition(type, supplier));
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// All was done with the definitions.
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
