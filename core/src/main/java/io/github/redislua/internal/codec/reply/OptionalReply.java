package io.github.redislua.internal.codec.reply;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The four kinds of {@code Optional}: empty for nil, and for a record without components.
 */
final class OptionalReply implements ReplyDecoder {

	private final ReplyDecoder content;

	private final Function<Object, Object> wrapper;

	private final Object empty;

	private OptionalReply(ReplyDecoder content, Object empty, Function<Object, Object> wrapper) {
		this.content = content;
		this.empty = empty;
		this.wrapper = wrapper;
	}

	static ReplyDecoder of(Class<?> optional, ReplyDecoder content) {
		if (optional == OptionalInt.class) {
			return new OptionalReply(content, OptionalInt.empty(), (value) -> OptionalInt.of((Integer) value));
		}
		if (optional == OptionalLong.class) {
			return new OptionalReply(content, OptionalLong.empty(), (value) -> OptionalLong.of((Long) value));
		}
		if (optional == OptionalDouble.class) {
			return new OptionalReply(content, OptionalDouble.empty(), (value) -> OptionalDouble.of((Double) value));
		}
		return new OptionalReply(content, Optional.empty(), Optional::of);
	}

	@Override
	public Object decode(@Nullable Object reply) {
		// The content may be null although the reply is not: the JSON text null.
		Object value = this.content.isNothing(reply) ? null : this.content.decode(reply);
		return (value != null) ? this.wrapper.apply(value) : this.empty;
	}

}
