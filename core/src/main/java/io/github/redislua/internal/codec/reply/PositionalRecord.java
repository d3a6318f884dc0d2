package io.github.redislua.internal.codec.reply;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.MapReply;

/**
 * A record from an array, component by component, or from a bulk string.
 */
final class PositionalRecord implements ReplyDecoder {

	private final RecordShape shape;

	private final @Nullable ReplyDecoder text;

	/**
	 * Creates the decoder.
	 * @param shape the record
	 * @param text reads a bulk string: JSON or a converter; null if there is neither
	 */
	PositionalRecord(RecordShape shape, @Nullable ReplyDecoder text) {
		this.shape = shape;
		this.text = text;
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply == null) {
			return null;
		}
		if (reply instanceof List<?> elements) {
			return decode(elements);
		}
		if (reply instanceof byte[]) {
			return decodeText(reply);
		}
		if (reply instanceof MapReply) {
			throw Replies.mismatch(this.shape.header(), reply, "which needs reply = ReplyFormat.MAP");
		}
		throw Replies.mismatch(this.shape.header(), reply);
	}

	@Override
	public boolean isNothing(@Nullable Object reply) {
		return this.shape.isNothing(reply);
	}

	private Object decode(List<?> elements) {
		int size = this.shape.size();
		if (elements.size() > size) {
			String hint = "too many for " + size + ((size != 1) ? " components" : " component");
			// Twice as many is what HGETALL gives for a hash with these fields.
			throw Replies.mismatch(this.shape.header(), elements,
					(elements.size() == 2 * size) ? hint + ": fields and values need reply = ReplyFormat.MAP" : hint);
		}
		@Nullable Object[] components = new @Nullable Object[size];
		for (int i = 0; i < size; i++) {
			// An array from Lua ends at its first nil.
			components[i] = (i < elements.size()) ? this.shape.decode(i, elements.get(i))
					: this.shape.decodeMissing(i, elements);
		}
		return this.shape.create(components, elements);
	}

	private @Nullable Object decodeText(Object reply) {
		if (this.text == null) {
			throw Replies.mismatch(this.shape.header(), reply, "which needs Jackson on the class path if it is JSON");
		}
		return this.text.decode(reply);
	}

}
