package io.github.redislua.internal.codec.argument;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.Utf8;

/**
 * Text and raw bytes: texts as UTF-8, {@code byte[]} and {@code ByteBuffer} as they are,
 * but copied, since what is sent later must not change with the caller's array.
 */
final class TextArguments {

	private static final ArgumentEncoder STRING = new SingleArgument<String>(Utf8::encode);

	private static final ArgumentEncoder TEXT = new SingleArgument<Object>((text) -> Utf8.encode(text.toString()));

	private static final ArgumentEncoder BYTES = new SingleArgument<byte[]>(byte[]::clone);

	private static final ArgumentEncoder BUFFER = new SingleArgument<ByteBuffer>(TextArguments::remaining);

	private static final ArgumentEncoder BOOLEAN = new SingleArgument<Boolean>(TextArguments::bit);

	private static final byte[] TRUE = { '1' };

	private static final byte[] FALSE = { '0' };

	private TextArguments() {
	}

	static @Nullable ArgumentEncoder of(Class<?> type) {
		if (type == String.class) {
			return STRING;
		}
		if (type == Character.class || CharSequence.class.isAssignableFrom(type)) {
			return TEXT;
		}
		if (type == byte[].class) {
			return BYTES;
		}
		if (ByteBuffer.class.isAssignableFrom(type)) {
			return BUFFER;
		}
		if (type == Boolean.class) {
			return BOOLEAN;
		}
		return (Enum.class.isAssignableFrom(type) && type != Enum.class) ? ofEnum(type) : null;
	}

	static byte[] bit(boolean value) {
		return (value) ? TRUE : FALSE;
	}

	private static ArgumentEncoder ofEnum(Class<?> type) {
		// A constant with a body has a class of its own below the enum.
		Object[] constants = (type.isEnum() ? type : type.getSuperclass()).getEnumConstants();
		byte[][] names = new byte[constants.length][];
		for (Object constant : constants) {
			Enum<?> named = (Enum<?>) constant;
			names[named.ordinal()] = Utf8.encode(named.name());
		}
		return new SingleArgument<Enum<?>>((constant) -> names[constant.ordinal()]);
	}

	private static byte[] remaining(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(buffer.position(), bytes);
		return bytes;
	}

}
