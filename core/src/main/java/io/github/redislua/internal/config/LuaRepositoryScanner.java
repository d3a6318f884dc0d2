package io.github.redislua.internal.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.util.ClassUtils;

import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

/**
 * Finds the interfaces that call scripts.
 */
public final class LuaRepositoryScanner extends ClassPathScanningCandidateComponentProvider {

	private static final Log logger = LogFactory.getLog(LuaRepositoryScanner.class);

	private final ResourceLoader resourceLoader;

	public LuaRepositoryScanner(Environment environment, ResourceLoader resourceLoader) {
		super(false, environment);
		this.resourceLoader = resourceLoader;
		setResourceLoader(resourceLoader);
		addIncludeFilter(this::isRepository);
	}

	/**
	 * Scans packages.
	 * @param packages package names
	 * @return the interfaces, in the order found
	 */
	public List<Class<?>> scan(Collection<String> packages) {
		Set<Class<?>> found = new LinkedHashSet<>();
		for (String basePackage : packages) {
			for (BeanDefinition candidate : findCandidateComponents(basePackage)) {
				found.add(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()),
						this.resourceLoader.getClassLoader()));
			}
		}
		List<Class<?>> repositories = new ArrayList<>();
		for (Class<?> candidate : found) {
			if (candidate.isAnnotationPresent(LuaRepository.class) || !isBase(candidate, found)) {
				repositories.add(candidate);
			}
		}
		return repositories;
	}

	// What others extend, or what has type parameters, is there to be extended.
	private static boolean isBase(Class<?> candidate, Set<Class<?>> found) {
		return candidate.getTypeParameters().length > 0
				|| found.stream().anyMatch((other) -> other != candidate && candidate.isAssignableFrom(other));
	}

	@Override
	protected boolean isCandidateComponent(AnnotatedBeanDefinition beanDefinition) {
		AnnotationMetadata metadata = beanDefinition.getMetadata();
		return metadata.isInterface() && !metadata.isAnnotation() && metadata.isIndependent();
	}

	private boolean isRepository(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		AnnotationMetadata metadata = reader.getAnnotationMetadata();
		if (!metadata.isInterface()) {
			warnOfScripts(metadata);
			return false;
		}
		return !metadata.isAnnotation()
				&& (metadata.isAnnotated(LuaRepository.class.getName()) || hasScripts(reader, factory));
	}

	private static void warnOfScripts(AnnotationMetadata metadata) {
		for (MethodMetadata method : metadata.getAnnotatedMethods(LuaScript.class.getName())) {
			logger.warn(method.getDeclaringClassName() + "." + method.getMethodName()
					+ " has @LuaScript, but it is the method of a class, and runs no script. "
					+ "Declare it in an interface, or remove @LuaScript");
		}
	}

	private static boolean hasScripts(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		AnnotationMetadata metadata = reader.getAnnotationMetadata();
		if (metadata.hasAnnotatedMethods(LuaScript.class.getName())) {
			return true;
		}
		for (String parent : metadata.getInterfaceNames()) {
			if (!parent.startsWith("java.") && hasScripts(factory.getMetadataReader(parent), factory)) {
				return true;
			}
		}
		return false;
	}

}
