package io.github.redislua.internal.codec.reply;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.MapReply;

/**
 * Turns a reply into the value a method returns. Made once per method by
 * {@link ReplyDecoders}, immutable and thread-safe. Internal.
 */
@FunctionalInterface
public interface ReplyDecoder {

	/**
	 * Reads a reply in the neutral model, which is the same whatever driver it came
	 * through: null (nil), {@code Long}, {@code Double}, {@code Boolean},
	 * {@code BigInteger} (a RESP3 big number), {@code byte[]} (a bulk or a status: the
	 * status {@code OK} is the bytes {@code OK}), {@code List} of these, and
	 * {@link MapReply}. Errors are not part of it: they are thrown before.
	 * @param reply the reply
	 * @return the value, of the type the decoder was made for; null only for nil, for the
	 * JSON text {@code null}, and for {@code void}
	 * @throws ReplyMismatchException if the reply does not fit the type
	 */
	@Nullable Object decode(@Nullable Object reply);

	/**
	 * Whether there is nothing in a reply for a type that may be absent.
	 * @param reply the reply
	 * @return {@code true} for nil, and for a record also where no component came, as
	 * from {@code HGETALL} of a key that is missing
	 */
	default boolean isNothing(@Nullable Object reply) {
		return reply == null;
	}

	/**
	 * A decoder of the same type for a place that takes null.
	 * @return reads a record without components as null; nil is what it is for the type
	 */
	default ReplyDecoder nullable() {
		return (reply) -> (reply != null && isNothing(reply)) ? null : decode(reply);
	}

}
