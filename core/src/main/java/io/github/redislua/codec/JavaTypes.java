package io.github.redislua.codec;

import java.lang.reflect.GenericArrayType;
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
		if (type.isArray()) {
			Type component = of(type.getComponentType());
			return (component instanceof Class<?> raw) ? raw.arrayType() : new GenericArray(component);
		}
		Class<?> raw = type.resolve(Object.class);
		if (!type.hasGenerics()) {
			return raw;
		}
		ResolvableType[] generics = Arrays.stream(type.getGenerics())
			.map((generic) -> ResolvableType.forType(of(generic)))
			.toArray(ResolvableType[]::new);
		return ResolvableType.forClassWithGenerics(raw, generics).getType();
	}

	/**
	 * {@code List<String>[]}, for which {@code ResolvableType} has only the raw type.
	 *
	 * @param getGenericComponentType the type of the elements
	 */
	private record GenericArray(Type getGenericComponentType) implements GenericArrayType {

		@Override
		public String getTypeName() {
			return this.getGenericComponentType.getTypeName() + "[]";
		}

	}

}
