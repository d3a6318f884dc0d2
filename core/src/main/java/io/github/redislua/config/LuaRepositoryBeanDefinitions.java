package io.github.redislua.config;

import java.util.Collection;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.github.redislua.annotation.LuaRepository;

/**
 * The bean definitions of interfaces.
 */
public final class LuaRepositoryBeanDefinitions {

	private static final Log logger = LogFactory.getLog(LuaRepositoryBeanDefinitions.class);

	private LuaRepositoryBeanDefinitions() {
	}

	/**
	 * Registers a bean for each interface, unless there is a bean of its name already.
	 * @param repositories the interfaces
	 * @param registry where to register them
	 */
	public static void register(Collection<Class<?>> repositories, BeanDefinitionRegistry registry) {
		for (Class<?> repository : repositories) {
			String name = beanName(repository);
			if (!registry.containsBeanDefinition(name)) {
				registry.registerBeanDefinition(name, definition(repository));
			}
			else if (!repository.getName().equals(registry.getBeanDefinition(name).getResourceDescription())) {
				logger.warn("No bean is made of " + repository.getName() + ": there is another bean '" + name
						+ "' already. Name it with @LuaRepository(\"...\")");
			}
		}
	}

	private static RootBeanDefinition definition(Class<?> repository) {
		RootBeanDefinition definition = new RootBeanDefinition(LuaRepositoryFactoryBean.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, repository);
		definition.setTargetType(ResolvableType.forClassWithGenerics(LuaRepositoryFactoryBean.class, repository));
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, repository);
		definition.setResourceDescription(repository.getName());
		return definition;
	}

	private static String beanName(Class<?> repository) {
		LuaRepository annotation = AnnotatedElementUtils.findMergedAnnotation(repository, LuaRepository.class);
		String name = name(annotation);
		return (name != null) ? name : StringUtils.uncapitalizeAsProperty(ClassUtils.getShortName(repository));
	}

	private static @Nullable String name(@Nullable LuaRepository annotation) {
		return (annotation != null && StringUtils.hasText(annotation.value())) ? annotation.value() : null;
	}

}
