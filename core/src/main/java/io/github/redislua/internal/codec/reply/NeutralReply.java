package io.github.redislua.internal.codec.reply;

import java.math.BigInteger;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.MapReply;

/**
 * What a method that returns {@code Object} gets: the reply itself, with texts for bytes
 * and with maps.
 */
final class NeutralReply implements ReplyDecoder {

	static final ReplyDecoder INSTANCE = new NeutralReply();

	private final ReplyDecoder list = CollectionReply.list("List<Object>", this);

	private final ReplyDecoder map = new MapDecoder("Map<Object, Object>", this, this);

	private NeutralReply() {
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply instanceof byte[]) {
			return TextReplies.text(reply, "Object");
		}
		if (reply instanceof List) {
			return this.list.decode(reply);
		}
		if (reply instanceof MapReply) {
			return this.map.decode(reply);
		}
		if (reply == null || reply instanceof Long || reply instanceof Double || reply instanceof Boolean
				|| reply instanceof BigInteger) {
			return reply;
		}
		throw Replies.mismatch("Object", reply);
	}

}
