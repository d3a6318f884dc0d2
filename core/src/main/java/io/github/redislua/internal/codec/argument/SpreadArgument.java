package io.github.redislua.internal.codec.argument;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.TypeNames;

/**
 * A type whose value is any number of wire values.
 */
abstract class SpreadArgument extends ArgumentEncoder {

	@Override
	public final boolean isSpread() {
		return true;
	}

	@Override
	public final byte[] encode(Object value) {
		throw new IllegalStateException("A spread argument has no single wire value");
	}

	@Override
	public abstract void encodeAll(Object value, Consumer<byte[]> target);

	static byte[] encodeElement(ArgumentEncoder encoder, @Nullable Object element, int index) {
		if (element == null) {
			throw new ArgumentException("has a null element at index " + index);
		}
		try {
			return encoder.encode(element);
		}
		catch (ArgumentException | ClassCastException ex) {
			throw within("at index " + index + " an element", element, ex);
		}
	}

	static ArgumentException within(String part, Object value, RuntimeException ex) {
		// A ClassCastException: a raw type or an unchecked cast put the value there.
		String predicate = (ex instanceof ArgumentException) ? ex.getMessage()
				: "is a " + TypeNames.full(value.getClass()) + ", which the declared type rules out";
		return new ArgumentException("has " + part + " that " + predicate, ex);
	}

}
