package io.github.redislua.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Restricts the component scan of tests with {@link LuaScriptTest}. Spring Boot's own
 * support for that is in another package in each of its lines.
 */
class LuaScriptTestContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		LuaScriptTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, LuaScriptTest.class);
		return (annotation == null || AotDetector.useGeneratedArtifacts()) ? null : new LuaScriptTestContextCustomizer(
				List.of(annotation.includeFilters()), List.of(annotation.excludeFilters()));
	}

}
