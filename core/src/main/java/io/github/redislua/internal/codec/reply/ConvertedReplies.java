package io.github.redislua.internal.codec.reply;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.Conversions;
import io.github.redislua.internal.codec.JdkValues;
import io.github.redislua.internal.codec.TypeNames;

/**
 * Types that are text through a converter: the application's own, then the well-known
 * value types of the JDK.
 */
final class ConvertedReplies {

	private final Conversions conversions;

	ConvertedReplies(Conversions conversions) {
		this.conversions = conversions;
	}

	@Nullable ReplyDecoder of(Class<?> type) {
		ReplyDecoder registered = registered(type);
		if (registered != null) {
			return registered;
		}
		JdkValues.Reader<?> reader = JdkValues.reader(type);
		return (reader != null) ? decoder(type, reader) : null;
	}

	@Nullable ReplyDecoder registered(Class<?> type) {
		if (type.isAssignableFrom(String.class)) {
			// Any service "converts" to a supertype, without a converter.
			return null;
		}
		Function<Object, @Nullable Object> conversion = this.conversions.fromText(type);
		return (conversion != null) ? decoder(type, conversion::apply) : null;
	}

	private static ReplyDecoder decoder(Class<?> type, JdkValues.Reader<?> reader) {
		return new ScalarReply(TypeNames.scalar(type), true, (reply, expected) -> {
			String text = TextReplies.text(reply, expected);
			Object value;
			try {
				value = reader.read(text);
			}
			catch (Exception ex) {
				throw Replies.mismatch(expected, reply, "which cannot be converted", ex);
			}
			if (value == null) {
				throw Replies.mismatch(expected, reply, "which is converted to null");
			}
			return value;
		});
	}

}
