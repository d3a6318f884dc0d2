package io.github.redislua.internal.codec.reply;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.TypeNames;
import io.github.redislua.internal.codec.Utf8;

/**
 * Text, raw bytes, characters, constants and booleans.
 */
final class TextReplies {

	private static final Map<Class<?>, ScalarReply.Reader> READERS = Map.of(//
			String.class, TextReplies::readString, //
			CharSequence.class, TextReplies::readString, //
			Character.class, TextReplies::readCharacter, //
			char.class, TextReplies::readCharacter, //
			byte[].class, TextReplies::readBytes, //
			ByteBuffer.class, (reply, expected) -> ByteBuffer.wrap(readBytes(reply, expected)));

	private TextReplies() {
	}

	static @Nullable ReplyDecoder of(Class<?> type) {
		if (type == boolean.class || type == Boolean.class) {
			return TextReplies::readBoolean;
		}
		String name = TypeNames.scalar(type);
		if (type.isEnum()) {
			return new ScalarReply(name, true, constants(type));
		}
		ScalarReply.Reader reader = READERS.get(type);
		return (reader != null) ? new ScalarReply(name, !type.isPrimitive(), reader) : null;
	}

	/**
	 * The text of a bulk string.
	 * @param reply any reply but nil
	 * @param expected the type that is read
	 * @return the text
	 */
	static String text(Object reply, String expected) {
		String text = Utf8.decode(readBytes(reply, expected));
		if (text == null) {
			throw Replies.mismatch(expected, reply, "which is not UTF-8: for raw bytes declare byte[]");
		}
		return text;
	}

	/**
	 * The text of a bulk string or of an integer.
	 * @param reply any reply but nil
	 * @param expected the type that is read
	 * @return the text
	 */
	static String readString(Object reply, String expected) {
		return (reply instanceof Long || reply instanceof BigInteger) ? reply.toString() : text(reply, expected);
	}

	private static Character readCharacter(Object reply, String expected) {
		String text = text(reply, expected);
		if (text.length() != 1) {
			throw Replies.mismatch(expected, reply, "which is not one char");
		}
		return text.charAt(0);
	}

	private static byte[] readBytes(Object reply, String expected) {
		if (reply instanceof byte[] bytes) {
			return bytes;
		}
		throw Replies.mismatch(expected, reply);
	}

	private static Boolean readBoolean(@Nullable Object reply) {
		if (reply == null) {
			// What a script's false becomes.
			return false;
		}
		if (reply instanceof Boolean value) {
			return value;
		}
		if (reply instanceof Long value && (value == 0 || value == 1)) {
			return value == 1;
		}
		if (reply instanceof byte[] bytes) {
			if (bytes.length == 1 && (bytes[0] == '0' || bytes[0] == '1')) {
				return bytes[0] == '1';
			}
			if (bytes.length == 2 && bytes[0] == 'O' && bytes[1] == 'K') {
				return true;
			}
		}
		throw Replies.mismatch("boolean", reply);
	}

	private static ScalarReply.Reader constants(Class<?> type) {
		Map<String, Object> constants = new LinkedHashMap<>();
		for (Object constant : type.getEnumConstants()) {
			constants.put(((Enum<?>) constant).name(), constant);
		}
		return (reply, expected) -> {
			Object constant = constants.get(text(reply, expected));
			if (constant == null) {
				throw Replies.mismatch(expected, reply, "which is none of " + String.join(", ", constants.keySet()));
			}
			return constant;
		};
	}

}
