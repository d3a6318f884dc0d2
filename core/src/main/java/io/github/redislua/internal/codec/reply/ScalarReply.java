package io.github.redislua.internal.codec.reply;

import org.jspecify.annotations.Nullable;

/**
 * A type that is read from one reply that is neither an array nor a map.
 */
final class ScalarReply implements ReplyDecoder {

	private final String expected;

	private final boolean nullable;

	private final Reader reader;

	ScalarReply(String expected, boolean nullable, Reader reader) {
		this.expected = expected;
		this.nullable = nullable;
		this.reader = reader;
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply != null) {
			return this.reader.read(reply, this.expected);
		}
		if (this.nullable) {
			return null;
		}
		throw Replies.mismatch(this.expected, null);
	}

	/**
	 * Reads what is not nil.
	 */
	@FunctionalInterface
	interface Reader {

		Object read(Object reply, String expected);

	}

}
