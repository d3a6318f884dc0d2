package io.github.redislua.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.ResourceLoaderAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.Assert;

/**
 * Scans packages and registers the interfaces that it finds as beans, when all other bean
 * definitions are there: an interface then gets another name wherever a bean of the
 * library, of Spring Boot or of the application has its own. The packages are kept in its
 * bean definition, of which ahead-of-time processing makes no code, so that a processed
 * application scans nothing.
 */
public final class LuaRepositoryRegistration
		implements BeanDefinitionRegistryPostProcessor, EnvironmentAware, ResourceLoaderAware, Ordered {

	private static final String NAME = LuaRepositoryRegistration.class.getName();

	private static final String GIVEN = NAME + ".given";

	private static final String AUTOMATIC = NAME + ".automatic";

	private @Nullable Environment environment;

	private @Nullable ResourceLoader resourceLoader;

	/**
	 * Has packages scanned that {@code @EnableLuaScripts} names.
	 * @param packages the packages
	 * @param registry where to register the interfaces
	 */
	public static void scan(Collection<String> packages, BeanDefinitionRegistry registry) {
		add(packages, GIVEN, registry);
	}

	/**
	 * Has packages of the application scanned. An interface is left out where a bean of
	 * its type is there already.
	 * @param packages the packages
	 * @param registry where to register the interfaces
	 */
	public static void scanAutomatically(Collection<String> packages, BeanDefinitionRegistry registry) {
		add(packages, AUTOMATIC, registry);
	}

	private static void add(Collection<String> packages, String attribute, BeanDefinitionRegistry registry) {
		if (!registry.containsBeanDefinition(NAME)) {
			RootBeanDefinition definition = new RootBeanDefinition(LuaRepositoryRegistration.class);
			definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
			registry.registerBeanDefinition(NAME, definition);
		}
		BeanDefinition definition = registry.getBeanDefinition(NAME);
		Set<String> all = new LinkedHashSet<>(packages(definition, attribute));
		all.addAll(packages);
		definition.setAttribute(attribute, all);
	}

	@SuppressWarnings("unchecked")
	private static Collection<String> packages(BeanDefinition definition, String attribute) {
		Object packages = definition.getAttribute(attribute);
		return (packages != null) ? (Collection<String>) packages : List.of();
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void setResourceLoader(ResourceLoader resourceLoader) {
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		BeanDefinition definition = registry.getBeanDefinition(NAME);
		List<Class<?>> repositories = new ArrayList<>(find(packages(definition, GIVEN)));
		ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
		find(packages(definition, AUTOMATIC)).stream()
			.filter((repository) -> !repositories.contains(repository) && !isDefined(repository, beans))
			.forEach(repositories::add);
		LuaRepositoryBeanDefinitions.register(repositories, registry);
	}

	private List<Class<?>> find(Collection<String> packages) {
		if (packages.isEmpty()) {
			return List.of();
		}
		Assert.state(this.environment != null && this.resourceLoader != null, "Not in an application context");
		return new LuaRepositoryScanner(this.environment, this.resourceLoader).scan(packages);
	}

	// A primary bean leaves room for another one, which it may want to decorate.
	private static boolean isDefined(Class<?> repository, ConfigurableListableBeanFactory beans) {
		return Stream.of(beans.getBeanNamesForType(repository, true, false))
			.anyMatch((name) -> !(beans.containsBeanDefinition(name) && beans.getBeanDefinition(name).isPrimary()));
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
