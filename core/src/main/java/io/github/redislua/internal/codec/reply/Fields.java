package io.github.redislua.internal.codec.reply;

import java.util.List;

import io.github.redislua.internal.codec.Excerpt;
import io.github.redislua.internal.codec.MapReply;

/**
 * The two shapes of fields and values: a flat array, as RESP2 has it, and a RESP3 map.
 */
public final class Fields {

	private Fields() {
	}

	/**
	 * The fields and values in turn.
	 * @param reply any reply but nil
	 * @param expected the type that is read
	 * @return an even number of elements
	 */
	public static List<?> of(Object reply, String expected) {
		if (reply instanceof MapReply map) {
			return map.entries();
		}
		if (!(reply instanceof List<?> list)) {
			throw Replies.mismatch(expected, reply, "not fields and values");
		}
		if (list.size() % 2 != 0) {
			throw Replies.mismatch(expected, reply, "whose last field has no value");
		}
		return list;
	}

	public static ReplyMismatchException repeated(Object field, Object reply, String expected) {
		return Replies.mismatch(expected, reply, "which has the field " + Excerpt.name(field) + " twice");
	}

	public static String path(Object field, String expected) {
		return "value of field " + Excerpt.name(field) + " of " + expected;
	}

}
