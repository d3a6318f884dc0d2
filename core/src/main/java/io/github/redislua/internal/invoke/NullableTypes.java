package io.github.redislua.internal.invoke;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;

/**
 * Finds {@code @Nullable}, of whatever library.
 */
final class NullableTypes {

	private NullableTypes() {
	}

	/**
	 * Whether something may be null. JSpecify annotates the type, older libraries the
	 * element.
	 * @param element a parameter or a method
	 * @param type its type
	 * @return whether one of them has a {@code @Nullable}
	 */
	static boolean isNullable(AnnotatedElement element, AnnotatedElement type) {
		return hasNullable(element) || hasNullable(type);
	}

	private static boolean hasNullable(AnnotatedElement element) {
		for (Annotation annotation : element.getAnnotations()) {
			if (annotation.annotationType().getSimpleName().equals("Nullable")) {
				return true;
			}
		}
		return false;
	}

}
