package io.github.redislua.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

import io.github.redislua.internal.config.LuaRepositoryBeanDefinitions;
import io.github.redislua.internal.config.LuaRepositoryScanner;

/**
 * Scans the packages of the application.
 */
class AutoConfiguredLuaRepositoriesRegistrar implements ImportBeanDefinitionRegistrar {

	private static final Log logger = LogFactory.getLog(AutoConfiguredLuaRepositoriesRegistrar.class);

	private final BeanFactory beanFactory;

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	AutoConfiguredLuaRepositoriesRegistrar(BeanFactory beanFactory, Environment environment,
			ResourceLoader resourceLoader) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		if (!AutoConfigurationPackages.has(this.beanFactory)) {
			logger.debug("No packages to scan: no class is annotated with @EnableAutoConfiguration");
			return;
		}
		LuaRepositoryScanner scanner = new LuaRepositoryScanner(this.environment, this.resourceLoader);
		List<Class<?>> repositories = scanner.scan(AutoConfigurationPackages.get(this.beanFactory))
			.stream()
			.filter((repository) -> !isDefinedByApplication(repository, registry))
			.toList();
		LuaRepositoryBeanDefinitions.register(repositories, registry);
	}

	// A primary bean leaves room for another one, which it may want to decorate.
	private boolean isDefinedByApplication(Class<?> repository, BeanDefinitionRegistry registry) {
		return this.beanFactory instanceof ListableBeanFactory beans
				&& Stream.of(beans.getBeanNamesForType(repository, true, false))
					.anyMatch((name) -> !isPrimary(name, registry));
	}

	private static boolean isPrimary(String name, BeanDefinitionRegistry registry) {
		return registry.containsBeanDefinition(name) && registry.getBeanDefinition(name).isPrimary();
	}

}
