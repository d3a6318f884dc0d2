package io.github.redislua.internal.codec.reply;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.github.redislua.internal.codec.DecimalText;
import io.github.redislua.internal.codec.TypeNames;

/**
 * Integral numbers: an integer, a big number, or a bulk string that is exactly an
 * integer. What does not fit is a mismatch, never cut off.
 */
final class IntegralReplies {

	private static final Map<Class<?>, ScalarReply.Reader> READERS = Map.of(//
			Byte.class, bounded(Byte.MIN_VALUE, Byte.MAX_VALUE, (value) -> (byte) value), //
			Short.class, bounded(Short.MIN_VALUE, Short.MAX_VALUE, (value) -> (short) value), //
			Integer.class, bounded(Integer.MIN_VALUE, Integer.MAX_VALUE, (value) -> (int) value), //
			Long.class, IntegralReplies::readLong, //
			BigInteger.class, IntegralReplies::readBigInteger);

	private IntegralReplies() {
	}

	static @Nullable ReplyDecoder of(Class<?> type) {
		ScalarReply.Reader reader = READERS.get(ClassUtils.resolvePrimitiveIfNecessary(type));
		return (reader != null) ? new ScalarReply(TypeNames.scalar(type), !type.isPrimitive(), reader) : null;
	}

	private static ScalarReply.Reader bounded(long min, long max, LongFunction<Object> narrowing) {
		return (reply, expected) -> {
			Long value = readLong(reply, expected);
			if (value < min || value > max) {
				throw Replies.overflow(expected, reply);
			}
			return narrowing.apply(value);
		};
	}

	private static Long readLong(Object reply, String expected) {
		if (reply instanceof Long value) {
			return value;
		}
		try {
			if (reply instanceof byte[] text && DecimalText.isInteger(text)) {
				return DecimalText.parseLong(text);
			}
			if (reply instanceof BigInteger value) {
				return value.longValueExact();
			}
		}
		catch (ArithmeticException ex) {
			throw Replies.overflow(expected, reply);
		}
		throw Replies.mismatch(expected, reply);
	}

	private static BigInteger readBigInteger(Object reply, String expected) {
		if (reply instanceof Long value) {
			return BigInteger.valueOf(value);
		}
		if (reply instanceof BigInteger value) {
			return value;
		}
		if (reply instanceof byte[] text && DecimalText.isInteger(text)) {
			return new BigInteger(DecimalText.string(text));
		}
		throw Replies.mismatch(expected, reply);
	}

}
