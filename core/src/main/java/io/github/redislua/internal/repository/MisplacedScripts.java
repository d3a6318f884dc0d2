package io.github.redislua.internal.repository;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.annotation.LuaScript;

/**
 * Methods of an interface that have {@code @LuaScript} although nothing can stand for
 * them: private and static ones.
 */
final class MisplacedScripts {

	private MisplacedScripts() {
	}

	static List<Finding> in(Class<?> repository) {
		List<Finding> findings = new ArrayList<>();
		collect(repository, findings);
		return findings;
	}

	private static void collect(Class<?> type, List<Finding> findings) {
		for (Method method : type.getDeclaredMethods()) {
			int modifiers = method.getModifiers();
			if ((Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers))
					&& AnnotatedElementUtils.isAnnotated(method, LuaScript.class)) {
				findings.add(new Finding(ClassUtils.getQualifiedMethodName(method, type).replace('$', '.'), null,
						"it has @LuaScript, but it is " + (Modifier.isStatic(modifiers) ? "static" : "private")
								+ ", and only a method without a body can run a script",
						"Make it an ordinary method without a body, or remove @LuaScript"));
			}
		}
		for (Class<?> parent : type.getInterfaces()) {
			if (!parent.getName().startsWith("java.")) {
				collect(parent, findings);
			}
		}
	}

}
