package io.github.redislua.test;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Finds the application's main class and adds the properties of {@link LuaScriptTest}.
 */
class LuaScriptTestContextBootstrapper extends SpringBootTestContextBootstrapper {

	@Override
	protected String @Nullable [] getProperties(Class<?> testClass) {
		LuaScriptTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, LuaScriptTest.class);
		return (annotation != null) ? annotation.properties() : null;
	}

}
