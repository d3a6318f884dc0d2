package io.github.redislua.internal.invoke;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Which method of an interface declares another one again.
 */
final class Overrides {

	private Overrides() {
	}

	/**
	 * The method that an inherited one stands for although it has other types in the
	 * class file: {@code apply(Object)} of {@code Function} for {@code apply(String)}.
	 * Java adds a method with a body that says so, Kotlin does not.
	 * @param method an abstract method
	 * @param repository the interface that it is called on
	 * @return the method that declares it again, {@code null} if there is none
	 */
	static @Nullable Method implementation(Method method, Class<?> repository) {
		for (Method candidate : repository.getMethods()) {
			Class<?> owner = candidate.getDeclaringClass();
			if (owner != method.getDeclaringClass() && method.getDeclaringClass().isAssignableFrom(owner)
					&& isOverridden(method, candidate, repository)) {
				return candidate;
			}
		}
		return null;
	}

	/**
	 * Whether a method is declared again.
	 * @param method a method
	 * @param other the method that may declare it again
	 * @param repository the interface that both are called on
	 * @return whether their names are the same and the types of their parameters
	 */
	static boolean isOverridden(Method method, Method other, Class<?> repository) {
		if (!method.getName().equals(other.getName()) || method.isSynthetic()
				|| Modifier.isStatic(method.getModifiers())
				|| method.getParameterCount() != other.getParameterCount()) {
			return false;
		}
		for (int i = 0; i < method.getParameterCount(); i++) {
			Class<?> type = ResolvableType.forMethodParameter(method, i, repository).toClass();
			if (type != ResolvableType.forMethodParameter(other, i, repository).toClass()) {
				return false;
			}
		}
		return true;
	}

}
