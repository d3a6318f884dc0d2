package io.github.redislua.internal.codec.reply;

import java.math.BigInteger;
import java.util.List;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.Excerpt;
import io.github.redislua.internal.codec.MapReply;

/**
 * Describes replies for messages.
 */
public final class Replies {

	private static final int ELEMENTS = 2;

	private Replies() {
	}

	public static ReplyMismatchException mismatch(String expected, @Nullable Object reply) {
		return new ReplyMismatchException(expected, describe(reply));
	}

	public static ReplyMismatchException mismatch(String expected, @Nullable Object reply, String hint) {
		return new ReplyMismatchException(expected, describe(reply) + ", " + hint);
	}

	public static ReplyMismatchException mismatch(String expected, @Nullable Object reply, String hint,
			Throwable cause) {
		return new ReplyMismatchException(expected, describe(reply) + ", " + hint, cause);
	}

	public static ReplyMismatchException overflow(String expected, Object reply) {
		return mismatch(expected, reply, "which overflows " + expected);
	}

	public static String describe(@Nullable Object reply) {
		if (!(reply instanceof List<?> list)) {
			return describeFlat(reply);
		}
		if (list.isEmpty()) {
			return describeFlat(list);
		}
		StringJoiner elements = new StringJoiner(", ", " [", "]");
		for (Object element : list.subList(0, Math.min(list.size(), ELEMENTS))) {
			elements.add(describeFlat(element));
		}
		if (list.size() > ELEMENTS) {
			elements.add("...");
		}
		return describeFlat(list) + elements;
	}

	private static String describeFlat(@Nullable Object reply) {
		if (reply == null) {
			return "nil";
		}
		if (reply instanceof byte[] bytes) {
			return "bulk string " + Excerpt.of(bytes);
		}
		if (reply instanceof Long) {
			return "integer " + reply;
		}
		if (reply instanceof Double) {
			return "double " + reply;
		}
		if (reply instanceof Boolean) {
			return "boolean " + reply;
		}
		if (reply instanceof List<?> list) {
			return "array of " + list.size() + ((list.size() != 1) ? " elements" : " element");
		}
		if (reply instanceof MapReply) {
			return reply.toString();
		}
		if (reply instanceof BigInteger) {
			return "big number " + Excerpt.abbreviate(reply.toString());
		}
		// What a driver should not have let through.
		return "object of " + reply.getClass().getName();
	}

}
