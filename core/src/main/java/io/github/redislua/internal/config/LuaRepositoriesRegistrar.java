package io.github.redislua.internal.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.annotation.EnableLuaScripts;

/**
 * Does what {@link EnableLuaScripts} says.
 */
class LuaRepositoriesRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	LuaRepositoriesRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		if (isSwitchedOff()) {
			return;
		}
		LuaRepositoryRegistration.scan(packages(metadata), registry);
		register(registry, EnabledLuaScripts.class);
		register(registry, LuaScriptsDefaults.class);
	}

	// As Spring Boot reads it, whose auto-configuration is off then, too.
	private boolean isSwitchedOff() {
		return "false".equalsIgnoreCase(this.environment.getProperty("redis-lua.enabled"));
	}

	private static void register(BeanDefinitionRegistry registry, Class<?> type) {
		if (!registry.containsBeanDefinition(type.getName())) {
			registry.registerBeanDefinition(type.getName(), new RootBeanDefinition(type));
		}
	}

	private String resolve(String basePackage, AnnotationMetadata metadata) {
		try {
			return this.environment.resolveRequiredPlaceholders(basePackage);
		}
		catch (IllegalArgumentException ex) {
			throw new LuaScriptDefinitionException(List.of(new Finding(metadata.getClassName().replace('$', '.'), null,
					"@EnableLuaScripts(basePackages = \"" + basePackage + "\") does not fit: " + ex.getMessage(),
					"Set the property, or give a default: ${name:default}")));
		}
	}

	private Set<String> packages(AnnotationMetadata metadata) {
		MergedAnnotation<EnableLuaScripts> annotation = metadata.getAnnotations().get(EnableLuaScripts.class);
		Set<String> packages = new LinkedHashSet<>();
		for (String basePackage : annotation.getStringArray("basePackages")) {
			packages.add(resolve(basePackage, metadata));
		}
		for (Class<?> type : annotation.getClassArray("basePackageClasses")) {
			packages.add(ClassUtils.getPackageName(type));
		}
		if (packages.isEmpty()) {
			packages.add(ClassUtils.getPackageName(metadata.getClassName()));
		}
		return packages;
	}

}
