package io.github.redislua.autoconfigure;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.github.redislua.CheckMode;
import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.internal.config.LuaRepositories;
import io.github.redislua.internal.config.ScriptIndexContribution;
import io.github.redislua.internal.repository.Placeholders;

/**
 * Checks the scripts while the application is built, which fails if they have errors, and
 * lists them.
 */
class LuaScriptsAotProcessor implements BeanFactoryInitializationAotProcessor {

	private static final Log logger = LogFactory.getLog(LuaScriptsAotProcessor.class);

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(LuaRepositories.class, true, false).length == 0
				|| beanFactory.getBeanNamesForType(LuaScriptsProperties.class, true, false).length == 0) {
			return null;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		LuaScriptsProperties properties = Binder.get(environment).bindOrCreate("redis-lua", LuaScriptsProperties.class);
		ResourcePatternResolver resources = new PathMatchingResourcePatternResolver(beanFactory.getBeanClassLoader());
		if (properties.getChecker().getMode() != CheckMode.NONE) {
			check(LuaRepositories.interfaces(beanFactory), factory(properties, environment, resources));
		}
		return new ScriptIndexContribution(resources, properties.getLocations());
	}

	private static LuaRepositoryFactory factory(LuaScriptsProperties properties, Environment environment,
			ResourcePatternResolver resources) {
		LuaRepositoryFactory.Builder builder = LuaRepositoryFactory.offline()
			.locations(properties.getLocations().toArray(String[]::new))
			.keyPrefix(Placeholders.namesForValues(properties.getKeyPrefix()))
			.placeholders((text) -> Placeholders.namesForValues(environment.resolvePlaceholders(text)))
			.resources(resources);
		CheckerProperties.apply(properties.getChecker(), builder);
		return builder.build();
	}

	private static void check(List<Class<?>> interfaces, LuaRepositoryFactory factory) {
		try {
			factory.check(interfaces);
		}
		catch (LuaScriptCheckException ex) {
			throw ex;
		}
		catch (LuaScriptDefinitionException ex) {
			// The application's converters and some of its properties are not there yet,
			// so
			// that this may not be true. What the checker says of the others is.
			logger.warn("Not all Java methods can be held against their scripts while the application is built: "
					+ ex.getMessage());
			checkEach(interfaces, factory);
		}
	}

	private static void checkEach(List<Class<?>> interfaces, LuaRepositoryFactory factory) {
		for (Class<?> repository : interfaces) {
			try {
				factory.check(List.of(repository));
			}
			catch (LuaScriptCheckException ex) {
				throw ex;
			}
			catch (LuaScriptDefinitionException ex) {
				logger.debug("Left out: " + repository.getName(), ex);
			}
		}
	}

}
