package io.github.redislua.internal.codec.argument;

import java.util.function.Consumer;

import io.github.redislua.internal.codec.ArgumentException;

/**
 * Turns the value of one parameter into what is sent to Redis. Made once per parameter by
 * {@link ArgumentEncoders}, immutable and thread-safe. Internal.
 */
public abstract class ArgumentEncoder {

	public ArgumentEncoder() {
	}

	/**
	 * Whether one Java value becomes any number of wire values: collections, arrays, maps
	 * and types such as {@code Object} that can hold one of these.
	 * @return {@code true} if only {@link #encodeAll} may be used
	 */
	public boolean isSpread() {
		return false;
	}

	/**
	 * The value as the single wire value it is. Only where {@link #isSpread()} is
	 * {@code false}.
	 * @param value the argument, never null and never an empty or full {@code Optional}
	 * @return the bytes to send; they may be shared, so nobody writes into them
	 * @throws ArgumentException if this value cannot be sent
	 */
	public abstract byte[] encode(Object value);

	/**
	 * Hands every wire value of the argument to the target, in order.
	 * @param value the argument, never null and never an empty or full {@code Optional}
	 * @param target receives what {@link #encode} would return, once per wire value
	 * @throws ArgumentException if this value cannot be sent; the target may have
	 * received a part of it by then
	 */
	public void encodeAll(Object value, Consumer<byte[]> target) {
		target.accept(encode(value));
	}

}
