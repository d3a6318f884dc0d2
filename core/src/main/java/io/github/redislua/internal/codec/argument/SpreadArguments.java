package io.github.redislua.internal.codec.argument;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Decimals;
import io.github.redislua.internal.codec.Excerpt;
import io.github.redislua.internal.codec.Utf8;

/**
 * Collections, arrays and maps: one wire value an element, in iteration order.
 */
final class SpreadArguments {

	private static final Map<Class<?>, ArgumentEncoder> PRIMITIVE_ARRAYS = Map.of(//
			short[].class, new PrimitiveArray((array, i) -> Decimals.of(((short[]) array)[i])), //
			int[].class, new PrimitiveArray((array, i) -> Decimals.of(((int[]) array)[i])), //
			long[].class, new PrimitiveArray((array, i) -> Decimals.of(((long[]) array)[i])), //
			float[].class, new PrimitiveArray((array, i) -> Decimals.of(((float[]) array)[i])), //
			double[].class, new PrimitiveArray((array, i) -> Decimals.of(((double[]) array)[i])), //
			boolean[].class, new PrimitiveArray((array, i) -> TextArguments.bit(((boolean[]) array)[i])), //
			char[].class, new PrimitiveArray((array, i) -> Utf8.encode(String.valueOf(((char[]) array)[i]))));

	private SpreadArguments() {
	}

	static ArgumentEncoder collection(ArgumentEncoder element) {
		return new Elements(element);
	}

	static ArgumentEncoder array(ArgumentEncoder element) {
		return new ObjectArray(element);
	}

	static @Nullable ArgumentEncoder primitiveArray(Class<?> type) {
		return PRIMITIVE_ARRAYS.get(type);
	}

	static ArgumentEncoder map(ArgumentEncoder key, ArgumentEncoder value) {
		return new Entries(key, value);
	}

	private static final class Elements extends SpreadArgument {

		private final ArgumentEncoder element;

		Elements(ArgumentEncoder element) {
			this.element = element;
		}

		@Override
		public void encodeAll(Object value, Consumer<byte[]> target) {
			int index = 0;
			for (Object each : (Collection<?>) value) {
				target.accept(encodeElement(this.element, each, index++));
			}
		}

	}

	private static final class ObjectArray extends SpreadArgument {

		private final ArgumentEncoder element;

		ObjectArray(ArgumentEncoder element) {
			this.element = element;
		}

		@Override
		public void encodeAll(Object value, Consumer<byte[]> target) {
			Object[] array = (Object[]) value;
			for (int i = 0; i < array.length; i++) {
				target.accept(encodeElement(this.element, array[i], i));
			}
		}

	}

	private static final class PrimitiveArray extends SpreadArgument {

		private final ElementEncoding encoding;

		PrimitiveArray(ElementEncoding encoding) {
			this.encoding = encoding;
		}

		@Override
		public void encodeAll(Object value, Consumer<byte[]> target) {
			int length = Array.getLength(value);
			for (int i = 0; i < length; i++) {
				target.accept(encode(value, i));
			}
		}

		private byte[] encode(Object array, int index) {
			try {
				return this.encoding.encode(array, index);
			}
			catch (ArgumentException ex) {
				throw within("at index " + index + " an element", array, ex);
			}
		}

	}

	private static final class Entries extends SpreadArgument {

		private final ArgumentEncoder key;

		private final ArgumentEncoder value;

		Entries(ArgumentEncoder key, ArgumentEncoder value) {
			this.key = key;
			this.value = value;
		}

		@Override
		public void encodeAll(Object value, Consumer<byte[]> target) {
			for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
				Object key = entry.getKey();
				target.accept(encodeKey(key));
				target.accept(encodeValue(key, entry.getValue()));
			}
		}

		private byte[] encodeKey(@Nullable Object key) {
			if (key == null) {
				throw new ArgumentException("has a null key");
			}
			try {
				return this.key.encode(key);
			}
			catch (ArgumentException | ClassCastException ex) {
				throw within("a key", key, ex);
			}
		}

		private byte[] encodeValue(Object key, @Nullable Object value) {
			if (value == null) {
				throw new ArgumentException("has a null value for the key " + Excerpt.name(key));
			}
			try {
				return this.value.encode(value);
			}
			catch (ArgumentException | ClassCastException ex) {
				throw within("for the key " + Excerpt.name(key) + " a value", value, ex);
			}
		}

	}

	/**
	 * Reads one element of a primitive array without boxing it.
	 */
	@FunctionalInterface
	private interface ElementEncoding {

		byte[] encode(Object array, int index);

	}

}
