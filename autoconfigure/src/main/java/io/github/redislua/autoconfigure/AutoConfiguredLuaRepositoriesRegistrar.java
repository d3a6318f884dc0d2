package io.github.redislua.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

import io.github.redislua.internal.config.LuaRepositoryRegistration;

/**
 * Has the packages of the application scanned.
 */
class AutoConfiguredLuaRepositoriesRegistrar implements ImportBeanDefinitionRegistrar {

	private static final Log logger = LogFactory.getLog(AutoConfiguredLuaRepositoriesRegistrar.class);

	private final BeanFactory beanFactory;

	AutoConfiguredLuaRepositoriesRegistrar(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		if (!AutoConfigurationPackages.has(this.beanFactory)) {
			logger.debug("No packages to scan: no class is annotated with @EnableAutoConfiguration");
			return;
		}
		LuaRepositoryRegistration.scanAutomatically(AutoConfigurationPackages.get(this.beanFactory), registry);
	}

}
