package io.github.redislua.internal.codec.reply;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import io.github.redislua.JsonCodec;
import io.github.redislua.internal.codec.TypeNames;

/**
 * Any type from a bulk string with JSON.
 */
final class JsonReply implements ReplyDecoder {

	private final JsonCodec json;

	private final String expected;

	private final Type type;

	private final Class<?> raw;

	JsonReply(JsonCodec json, ResolvableType type) {
		this.json = json;
		this.raw = type.resolve(Object.class);
		this.expected = (this.raw.isRecord()) ? TypeNames.header(type) : TypeNames.simple(type);
		// For a primitive, Jackson would make a zero of null.
		this.type = (this.raw.isPrimitive()) ? ClassUtils.resolvePrimitiveIfNecessary(this.raw) : JavaTypes.of(type);
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply instanceof byte[] text) {
			return read(text);
		}
		if (reply != null) {
			throw Replies.mismatch(this.expected, reply, "not a bulk string with JSON");
		}
		if (!this.raw.isPrimitive()) {
			return null;
		}
		if (this.raw == boolean.class) {
			return false;
		}
		throw Replies.mismatch(this.expected, null);
	}

	private @Nullable Object read(byte[] text) {
		Object value;
		try {
			value = this.json.read(text, this.type);
		}
		catch (RuntimeException ex) {
			// Also what a codec of the application throws: the script did run.
			throw Replies.mismatch(this.expected, text, "which cannot be read as JSON of this type", ex);
		}
		if (value == null && this.raw.isPrimitive()) {
			throw Replies.mismatch(this.expected, text);
		}
		return value;
	}

}
