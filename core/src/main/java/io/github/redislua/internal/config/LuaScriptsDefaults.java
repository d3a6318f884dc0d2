package io.github.redislua.internal.config;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.Ordered;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScripts;
import io.github.redislua.PreloadMode;
import io.github.redislua.internal.repository.ScriptParts;
import io.github.redislua.internal.script.ScriptScanner;

/**
 * The beans behind {@code @EnableLuaScripts} in an application without Spring Boot:
 * registered when all configuration classes are read and nobody else has.
 */
final class LuaScriptsDefaults
		implements BeanDefinitionRegistryPostProcessor, BeanFactoryInitializationAotProcessor, Ordered {

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
		if (beans.getBeanNamesForType(LuaRepositories.class, true, false).length > 0) {
			return;
		}
		for (String name : List.of("luaRepositoryFactory", "luaScriptParts", "luaScripts", "luaRepositories")) {
			registry.registerBeanDefinition(name, definition(name));
		}
	}

	// Not an instance supplier, of which ahead-of-time processing cannot make code.
	private static BeanDefinition definition(String factoryMethod) {
		RootBeanDefinition definition = new RootBeanDefinition(Beans.class);
		definition.setFactoryMethodName(factoryMethod);
		definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		return definition;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// All was done with the definitions.
	}

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (!beanFactory.containsBeanDefinition("luaRepositoryFactory") || !Beans.class.getName()
			.equals(beanFactory.getBeanDefinition("luaRepositoryFactory").getBeanClassName())) {
			return null;
		}
		return new ScriptIndexContribution(new PathMatchingResourcePatternResolver(beanFactory.getBeanClassLoader()),
				List.of(ScriptScanner.DEFAULT_LOCATION));
	}

	@Override
	public int getOrder() {
		// Before interfaces are registered, which have to mind the names of these beans.
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	/**
	 * Makes the beans.
	 */
	static final class Beans {

		private Beans() {
		}

		static LuaRepositoryFactory luaRepositoryFactory(ConfigurableListableBeanFactory beans) {
			return LuaRepositoryFactory
				.builder((name) -> name.isEmpty() ? beans.getBean(RedisConnectionFactory.class)
						: beans.getBean(name, RedisConnectionFactory.class))
				.placeholders(beans::resolveEmbeddedValue)
				.transactionSupport(new TransactionalTemplates(beans))
				.build();
		}

		static LuaScripts luaScripts(LuaRepositoryFactory factory) {
			return factory.scripts();
		}

		static ScriptParts luaScriptParts(LuaRepositoryFactory factory) {
			return factory.unwrap(ScriptParts.class);
		}

		static LuaRepositories luaRepositories(ScriptParts parts) {
			return new LuaRepositories(parts, PreloadMode.LENIENT, Duration.ofSeconds(10));
		}

	}

}
