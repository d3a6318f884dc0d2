package io.github.redislua.internal.codec.reply;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.CollectionUtils;

/**
 * Maps, in the order of the reply.
 */
final class MapDecoder implements ReplyDecoder {

	private final String expected;

	private final ReplyDecoder key;

	private final ReplyDecoder value;

	MapDecoder(String expected, ReplyDecoder key, ReplyDecoder value) {
		this.expected = expected;
		this.key = key;
		this.value = value;
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply == null) {
			return null;
		}
		List<?> entries = Fields.of(reply, this.expected);
		Map<Object, @Nullable Object> map = CollectionUtils.newLinkedHashMap(entries.size() / 2);
		int count = 0;
		for (Iterator<?> parts = entries.iterator(); parts.hasNext();) {
			Object key = decodeKey(parts.next(), ++count);
			map.put(key, decodeValue(key, parts.next()));
			if (map.size() != count) {
				throw Fields.repeated(key, reply, this.expected);
			}
		}
		return map;
	}

	private Object decodeKey(@Nullable Object part, int number) {
		Object key;
		try {
			// Nil is no key, not even where it is false or an empty Optional.
			key = (part != null) ? this.key.decode(part) : null;
		}
		catch (ReplyMismatchException ex) {
			throw ex.within("field " + number + " of " + this.expected);
		}
		if (key == null) {
			throw Replies.mismatch("field " + number + " of " + this.expected, part);
		}
		return key;
	}

	private @Nullable Object decodeValue(Object key, @Nullable Object part) {
		try {
			return this.value.decode(part);
		}
		catch (ReplyMismatchException ex) {
			throw ex.within(Fields.path(key, this.expected));
		}
	}

}
