package io.github.redislua.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.github.redislua.config.LuaRepositories;
import io.github.redislua.config.ScriptIndexContribution;

/**
 * Lists the scripts while the application is built.
 */
class LuaScriptsAotProcessor implements BeanFactoryInitializationAotProcessor {

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(LuaRepositories.class, true, false).length == 0
				|| beanFactory.getBeanNamesForType(LuaScriptsProperties.class, true, false).length == 0) {
			return null;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		LuaScriptsProperties properties = Binder.get(environment).bindOrCreate("redis-lua", LuaScriptsProperties.class);
		return new ScriptIndexContribution(new PathMatchingResourcePatternResolver(beanFactory.getBeanClassLoader()),
				properties.getLocations());
	}

}
