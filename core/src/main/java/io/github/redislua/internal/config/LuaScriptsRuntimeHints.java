package io.github.redislua.internal.config;

import java.lang.annotation.Annotation;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.internal.execute.driver.ReflectiveHandles;

/**
 * What a native image needs whatever the interfaces are: the annotations, and the methods
 * of Spring Data Redis and of the drivers that are reached by method handles.
 */
class LuaScriptsRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(LuaScript.class, LuaRepository.class,
			LuaError.class, Key.class, Arg.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (Class<? extends Annotation> annotation : ANNOTATIONS) {
			hints.reflection().registerType(annotation, MemberCategory.INVOKE_DECLARED_METHODS);
			hints.proxies().registerJdkProxy(annotation);
		}
		if (TransactionalTemplates.ENABLED != null) {
			hints.reflection().registerField(TransactionalTemplates.ENABLED);
		}
		ReflectiveHandles.register(hints.reflection(),
				(classLoader != null) ? classLoader : getClass().getClassLoader());
	}

}
