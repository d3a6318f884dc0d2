package io.github.redislua.internal.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionReaderUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.AnnotationScopeMetadataResolver;
import org.springframework.context.annotation.ScopeMetadata;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.annotation.LuaRepository;

/**
 * The bean definitions of interfaces.
 */
public final class LuaRepositoryBeanDefinitions {

	private static final Log logger = LogFactory.getLog(LuaRepositoryBeanDefinitions.class);

	private LuaRepositoryBeanDefinitions() {
	}

	/**
	 * Registers a bean for each interface, unless the application has one of its name
	 * that implements it. Where something else has the default name, the bean has the
	 * name of the class.
	 * @param repositories the interfaces
	 * @param registry where to register them
	 * @throws LuaScriptDefinitionException if the name that an annotation gives is taken
	 */
	public static void register(Collection<Class<?>> repositories, BeanDefinitionRegistry registry) {
		Set<String> given = new HashSet<>();
		for (Class<?> repository : repositories) {
			String name = givenName(repository);
			if (name != null) {
				given.add(name);
			}
		}
		for (Class<?> repository : repositories) {
			String name = givenName(repository);
			if (name != null) {
				register(repository, name, registry);
			}
			else {
				registerByDefaultName(repository, given, registry);
			}
		}
	}

	private static void registerByDefaultName(Class<?> repository, Set<String> given, BeanDefinitionRegistry registry) {
		String name = StringUtils.uncapitalizeAsProperty(ClassUtils.getShortName(repository));
		if (given.contains(name) || isTaken(name, repository, registry)) {
			logger.info("The bean of " + repository.getName() + " has the name of its class: there is another bean '"
					+ name + "'");
			name = repository.getName();
		}
		register(repository, name, registry);
	}

	private static void register(Class<?> repository, String name, BeanDefinitionRegistry registry) {
		if (isTaken(name, repository, registry)) {
			throw new LuaScriptDefinitionException(List.of(new Finding(repository.getName(), null,
					"its bean cannot be named '" + name + "': that is " + owner(name, registry),
					"Give one of them another name: @LuaRepository(beanName = \"...\")")));
		}
		if (!isInUse(name, registry)) {
			register(name, repository, registry);
		}
	}

	// By something that cannot stand for the interface.
	private static boolean isTaken(String name, Class<?> repository, BeanDefinitionRegistry registry) {
		if (!isInUse(name, registry)) {
			return false;
		}
		Class<?> other = repository(name, registry);
		if (other != null) {
			return other != repository;
		}
		Class<?> type = type(name, registry);
		return type == null || !repository.isAssignableFrom(type);
	}

	private static boolean isInUse(String name, BeanDefinitionRegistry registry) {
		return registry.containsBeanDefinition(name) || registry.isAlias(name)
				|| (registry instanceof SingletonBeanRegistry singletons && singletons.containsSingleton(name));
	}

	private static String owner(String name, BeanDefinitionRegistry registry) {
		Class<?> other = repository(name, registry);
		if (other != null) {
			return "the bean of " + other.getName();
		}
		Class<?> type = type(name, registry);
		return (type != null) ? "a bean of type " + type.getName() : "another bean";
	}

	private static @Nullable Class<?> repository(String name, BeanDefinitionRegistry registry) {
		if (!registry.containsBeanDefinition(name)) {
			return null;
		}
		BeanDefinition definition = registry.getBeanDefinition(name);
		return (LuaRepositoryFactoryBean.class.getName().equals(definition.getBeanClassName())
				&& definition.getAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE) instanceof Class<?> type) ? type : null;
	}

	private static @Nullable Class<?> type(String name, BeanDefinitionRegistry registry) {
		return (registry instanceof BeanFactory beans) ? beans.getType(name, false) : null;
	}

	// With what the annotations on the interface say of any bean: @Primary, @Fallback,
	// @Lazy, @DependsOn, @Role, @Description and @Scope.
	private static void register(String name, Class<?> repository, BeanDefinitionRegistry registry) {
		RootBeanDefinition definition = definition(repository);
		AnnotatedGenericBeanDefinition annotated = new AnnotatedGenericBeanDefinition(repository);
		AnnotationConfigUtils.processCommonDefinitionAnnotations(annotated);
		definition.setPrimary(annotated.isPrimary());
		definition.setFallback(annotated.isFallback());
		if (annotated.getLazyInit() != null) {
			definition.setLazyInit(annotated.getLazyInit());
		}
		definition.setDependsOn(annotated.getDependsOn());
		definition.setRole(annotated.getRole());
		definition.setDescription(annotated.getDescription());
		ScopeMetadata scope = new AnnotationScopeMetadataResolver().resolveScopeMetadata(annotated);
		definition.setScope(scope.getScopeName());
		BeanDefinitionHolder holder = new BeanDefinitionHolder(definition, name);
		if (scope.getScopedProxyMode() != ScopedProxyMode.NO) {
			holder = ScopedProxyUtils.createScopedProxy(holder, registry, false);
		}
		BeanDefinitionReaderUtils.registerBeanDefinition(holder, registry);
	}

	private static RootBeanDefinition definition(Class<?> repository) {
		RootBeanDefinition definition = new RootBeanDefinition(LuaRepositoryFactoryBean.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, repository);
		definition.setTargetType(ResolvableType.forClassWithGenerics(LuaRepositoryFactoryBean.class, repository));
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, repository);
		definition.setResourceDescription(repository.getName());
		return definition;
	}

	// Not the name that an annotation gives to an interface which this one extends.
	private static @Nullable String givenName(Class<?> repository) {
		LuaRepository annotation = AnnotatedElementUtils.getMergedAnnotation(repository, LuaRepository.class);
		return (annotation != null && StringUtils.hasText(annotation.beanName())) ? annotation.beanName() : null;
	}

}
