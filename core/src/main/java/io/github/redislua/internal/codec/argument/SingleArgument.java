package io.github.redislua.internal.codec.argument;

import java.util.function.Function;

/**
 * A type whose value is one wire value.
 *
 * @param <T> the Java type
 */
final class SingleArgument<T> extends ArgumentEncoder {

	private final Function<T, byte[]> encoding;

	SingleArgument(Function<T, byte[]> encoding) {
		this.encoding = encoding;
	}

	@Override
	@SuppressWarnings("unchecked")
	public byte[] encode(Object value) {
		return this.encoding.apply((T) value);
	}

}
