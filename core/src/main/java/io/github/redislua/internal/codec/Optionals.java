package io.github.redislua.internal.codec;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * The four kinds of {@code Optional}.
 */
public final class Optionals {

	private static final Map<Class<?>, Class<?>> PRIMITIVES = Map.of(OptionalInt.class, int.class, OptionalLong.class,
			long.class, OptionalDouble.class, double.class);

	private Optionals() {
	}

	public static boolean isOptional(Class<?> type) {
		return type == Optional.class || PRIMITIVES.containsKey(type);
	}

	/**
	 * The type of what an {@code Optional} type holds.
	 * @param type one of the four
	 * @return the type of the content
	 */
	public static ResolvableType content(ResolvableType type) {
		Class<?> primitive = PRIMITIVES.get(type.resolve(Object.class));
		return (primitive != null) ? ResolvableType.forClass(primitive) : type.getGeneric(0);
	}

	public static @Nullable Object unwrap(Object value) {
		if (value instanceof Optional<?> optional) {
			return optional.orElse(null);
		}
		if (value instanceof OptionalInt optional) {
			return (optional.isPresent()) ? optional.getAsInt() : null;
		}
		if (value instanceof OptionalLong optional) {
			return (optional.isPresent()) ? optional.getAsLong() : null;
		}
		if (value instanceof OptionalDouble optional) {
			return (optional.isPresent()) ? optional.getAsDouble() : null;
		}
		return value;
	}

}
