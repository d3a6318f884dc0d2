package io.github.redislua.codec;

import java.util.List;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * Describes replies for messages.
 */
final class Replies {

	private static final int ELEMENTS = 2;

	private Replies() {
	}

	static ReplyMismatchException mismatch(String expected, @Nullable Object reply) {
		return new ReplyMismatchException(expected, describe(reply));
	}

	static ReplyMismatchException mismatch(String expected, @Nullable Object reply, String hint) {
		return new ReplyMismatchException(expected, describe(reply) + ", " + hint);
	}

	static ReplyMismatchException mismatch(String expected, @Nullable Object reply, String hint, Throwable cause) {
		return new ReplyMismatchException(expected, describe(reply) + ", " + hint, cause);
	}

	static ReplyMismatchException overflow(String expected, Object reply) {
		return mismatch(expected, reply, "which overflows " + expected);
	}

	static String describe(@Nullable Object reply) {
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
		// A BigInteger, or what a driver should not have let through.
		return Excerpt.abbreviate("big number " + reply);
	}

}
