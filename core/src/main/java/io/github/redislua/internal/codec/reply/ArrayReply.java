package io.github.redislua.internal.codec.reply;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Arrays, of objects and of primitives.
 */
final class ArrayReply implements ReplyDecoder {

	/**
	 * {@code Array.set} would find out the kind of array anew for each element.
	 */
	private static final Map<Class<?>, Setter> PRIMITIVES = Map.of(//
			boolean.class, (array, i, value) -> ((boolean[]) array)[i] = (Boolean) value, //
			byte.class, (array, i, value) -> ((byte[]) array)[i] = (Byte) value, //
			short.class, (array, i, value) -> ((short[]) array)[i] = (Short) value, //
			int.class, (array, i, value) -> ((int[]) array)[i] = (Integer) value, //
			long.class, (array, i, value) -> ((long[]) array)[i] = (Long) value, //
			float.class, (array, i, value) -> ((float[]) array)[i] = (Float) value, //
			double.class, (array, i, value) -> ((double[]) array)[i] = (Double) value, //
			char.class, (array, i, value) -> ((char[]) array)[i] = (Character) value);

	private final String expected;

	private final Class<?> component;

	private final ReplyDecoder element;

	private final @Nullable Setter primitive;

	ArrayReply(String expected, Class<?> component, ReplyDecoder element) {
		this.expected = expected;
		this.component = component;
		this.element = element;
		this.primitive = PRIMITIVES.get(component);
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply == null) {
			return null;
		}
		List<?> elements = CollectionReply.elements(reply, this.expected);
		Object array = Array.newInstance(this.component, elements.size());
		int index = 0;
		for (Object each : elements) {
			set(array, index, CollectionReply.decodeElement(this.element, each, index, this.expected));
			index++;
		}
		return array;
	}

	private void set(Object array, int index, @Nullable Object value) {
		if (this.primitive != null) {
			this.primitive.set(array, index, Objects.requireNonNull(value));
		}
		else {
			((@Nullable Object[]) array)[index] = value;
		}
	}

	@FunctionalInterface
	private interface Setter {

		void set(Object array, int index, Object value);

	}

}
