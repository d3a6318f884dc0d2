package io.github.redislua.internal.codec.reply;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.util.Arrays;

import org.springframework.core.ResolvableType;

import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * Types without type variables and wildcards, for those who do not know where a type was
 * found and cannot resolve them any more.
 */
public final class JavaTypes {

	private static final int MAX_DEPTH = 32;

	private JavaTypes() {
	}

	/**
	 * The type by itself.
	 * @param type the type
	 * @return an equal object for an equal type
	 * @throws UnsupportedTypeException if the type arguments nest without an end
	 */
	public static Type of(ResolvableType type) {
		return of(type, 0);
	}

	private static Type of(ResolvableType type, int depth) {
		if (type.getType() instanceof Class<?> raw) {
			return raw;
		}
		if (depth > MAX_DEPTH) {
			throw UnsupportedReplies.endless(type);
		}
		if (type.isArray()) {
			Type component = of(type.getComponentType(), depth + 1);
			return (component instanceof Class<?> raw) ? raw.arrayType() : new GenericArray(component);
		}
		Class<?> raw = type.resolve(Object.class);
		if (!type.hasGenerics()) {
			return raw;
		}
		ResolvableType[] generics = Arrays.stream(type.getGenerics())
			.map((generic) -> ResolvableType.forType(of(generic, depth + 1)))
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
