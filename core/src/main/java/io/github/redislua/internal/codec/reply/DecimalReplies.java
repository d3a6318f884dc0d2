package io.github.redislua.internal.codec.reply;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.github.redislua.internal.codec.DecimalText;
import io.github.redislua.internal.codec.ShortestDecimal;
import io.github.redislua.internal.codec.TypeNames;

/**
 * Numbers with a fraction: a bulk string, an integer, a big number or a RESP3 double. A
 * fraction is rounded as Java's literals are; an integer must be held exactly, and
 * nothing finite becomes infinite or zero.
 */
final class DecimalReplies {

	/**
	 * As Redis and the C library write them.
	 */
	private static final Map<String, Double> NOT_FINITE = Map.of("inf", Double.POSITIVE_INFINITY, "-inf",
			Double.NEGATIVE_INFINITY, "nan", Double.NaN, "-nan", Double.NaN);

	private DecimalReplies() {
	}

	static @Nullable ReplyDecoder of(Class<?> type) {
		ScalarReply.Reader reader = reader(ClassUtils.resolvePrimitiveIfNecessary(type));
		return (reader != null) ? new ScalarReply(TypeNames.scalar(type), !type.isPrimitive(), reader) : null;
	}

	private static ScalarReply.@Nullable Reader reader(Class<?> type) {
		if (type == Double.class) {
			return DecimalReplies::readDouble;
		}
		if (type == Float.class) {
			return DecimalReplies::readFloat;
		}
		return (type == BigDecimal.class) ? DecimalReplies::readBigDecimal : null;
	}

	private static Double readDouble(Object reply, String expected) {
		if (reply instanceof Double value) {
			return value;
		}
		if (reply instanceof byte[] text) {
			return readText(text, expected, false);
		}
		if (reply instanceof Long value) {
			return exact(value.doubleValue(), value, expected);
		}
		return exact(bigNumber(reply, expected).doubleValue(), bigNumber(reply, expected), expected);
	}

	private static Float readFloat(Object reply, String expected) {
		if (reply instanceof Double value) {
			return (float) finite(value.floatValue(), Double.isFinite(value), value != 0, reply, expected);
		}
		if (reply instanceof byte[] text) {
			return (float) readText(text, expected, true);
		}
		if (reply instanceof Long value) {
			return (float) exact(value.floatValue(), value, expected);
		}
		return (float) exact(bigNumber(reply, expected).floatValue(), bigNumber(reply, expected), expected);
	}

	private static BigDecimal readBigDecimal(Object reply, String expected) {
		if (reply instanceof Double value && Double.isFinite(value)) {
			return new BigDecimal(ShortestDecimal.of(value));
		}
		if (reply instanceof byte[] text && DecimalText.isDecimal(text)) {
			try {
				return new BigDecimal(DecimalText.string(text));
			}
			catch (NumberFormatException ex) {
				throw Replies.mismatch(expected, reply, "which overflows " + expected, ex);
			}
		}
		return (reply instanceof Long value) ? BigDecimal.valueOf(value) : new BigDecimal(bigNumber(reply, expected));
	}

	private static double readText(byte[] text, String expected, boolean single) {
		String decimal = DecimalText.string(text);
		if (DecimalText.isDecimal(text)) {
			// A double that is rounded again is not always the nearest float.
			double value = (single) ? Float.parseFloat(decimal) : Double.parseDouble(decimal);
			return finite(value, true, DecimalText.isNonZero(text), text, expected);
		}
		Double value = NOT_FINITE.get(decimal);
		if (value == null) {
			throw Replies.mismatch(expected, text);
		}
		return value;
	}

	private static BigInteger bigNumber(Object reply, String expected) {
		if (reply instanceof BigInteger value) {
			return value;
		}
		throw Replies.mismatch(expected, reply);
	}

	private static double exact(double value, Long integer, String expected) {
		// 2^63 would come back as the largest long.
		if (value == 0x1p63 || (long) value != integer) {
			throw inexact(integer, expected);
		}
		return value;
	}

	private static double exact(double value, BigInteger integer, String expected) {
		finite(value, true, false, integer, expected);
		if (!new BigDecimal(value).toBigInteger().equals(integer)) {
			throw inexact(integer, expected);
		}
		return value;
	}

	private static ReplyMismatchException inexact(Object reply, String expected) {
		return Replies.mismatch(expected, reply, "which " + expected + " cannot hold exactly");
	}

	private static double finite(double value, boolean finite, boolean nonZero, Object reply, String expected) {
		if (finite && Double.isInfinite(value)) {
			throw Replies.overflow(expected, reply);
		}
		if (nonZero && value == 0) {
			throw Replies.mismatch(expected, reply, "which " + expected + " rounds to zero");
		}
		return value;
	}

}
