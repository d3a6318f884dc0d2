package io.github.redislua.internal.codec.reply;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record from fields and values, by the names of its components.
 */
final class NamedRecord implements ReplyDecoder {

	private final RecordShape shape;

	private final Map<String, Integer> indexes = new HashMap<>();

	private final @Nullable ReplyDecoder text;

	/**
	 * Creates the decoder.
	 * @param shape the record
	 * @param text a converter for a bulk string, null if there is none
	 */
	NamedRecord(RecordShape shape, @Nullable ReplyDecoder text) {
		this.shape = shape;
		this.text = text;
		Arrays.stream(shape.names()).forEach((name) -> this.indexes.put(name, this.indexes.size()));
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply == null) {
			return null;
		}
		if (reply instanceof byte[] && this.text != null) {
			return this.text.decode(reply);
		}
		return decodeFields(reply);
	}

	@Override
	public boolean isNothing(@Nullable Object reply) {
		return this.shape.isNothing(reply);
	}

	private Object decodeFields(Object reply) {
		@Nullable Object[] components = new @Nullable Object[this.shape.size()];
		boolean[] present = new boolean[components.length];
		int number = 0;
		for (Iterator<?> parts = Fields.of(reply, this.shape.header()).iterator(); parts.hasNext();) {
			Integer index = this.indexes.get(field(parts.next(), ++number));
			Object part = parts.next();
			if (index == null) {
				continue;
			}
			if (present[index]) {
				throw Fields.repeated(this.shape.names()[index], reply, this.shape.header());
			}
			present[index] = true;
			components[index] = this.shape.decode(index, part);
		}
		for (int i = 0; i < components.length; i++) {
			if (!present[i]) {
				components[i] = this.shape.decodeMissing(i, reply);
			}
		}
		return this.shape.create(components, reply);
	}

	private String field(@Nullable Object part, int number) {
		if (part == null) {
			throw Replies.mismatch("field " + number + " of " + this.shape.header(), null);
		}
		try {
			return TextReplies.readString(part, "String");
		}
		catch (ReplyMismatchException ex) {
			throw ex.within("field " + number + " of " + this.shape.header());
		}
	}

}
