package io.github.redislua.codec;

import java.lang.reflect.Type;
import java.util.Arrays;

import org.springframework.core.ResolvableType;

/**
 * Types without type variables and wildcards, for those who do not know where a type was
 * found and cannot resolve them any more.
 */
final class JavaTypes {

	private JavaTypes() {
	}

	static Type of(ResolvableType type) {
		return resolved(type).getType();
	}

	private static ResolvableType resolved(ResolvableType type) {
		if (type.isArray()) {
			return ResolvableType.forArrayComponent(resolved(type.getComponentType()));
		}
		Class<?> raw = type.resolve(Object.class);
		if (!type.hasGenerics()) {
			return ResolvableType.forClass(raw);
		}
		ResolvableType[] generics = Arrays.stream(type.getGenerics())
			.map(JavaTypes::resolved)
			.toArray(ResolvableType[]::new);
		return ResolvableType.forClassWithGenerics(raw, generics);
	}

}
