package io.github.redislua.internal.codec.reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.MapReply;

/**
 * Lists and sets, element by element.
 */
final class CollectionReply implements ReplyDecoder {

	private final String expected;

	private final ReplyDecoder element;

	private final IntFunction<Collection<@Nullable Object>> factory;

	private CollectionReply(String expected, ReplyDecoder element, IntFunction<Collection<@Nullable Object>> factory) {
		this.expected = expected;
		this.element = element;
		this.factory = factory;
	}

	static ReplyDecoder list(String expected, ReplyDecoder element) {
		return new CollectionReply(expected, element, ArrayList::new);
	}

	static ReplyDecoder set(String expected, ReplyDecoder element) {
		return new CollectionReply(expected, element, LinkedHashSet::new);
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		if (reply == null) {
			return null;
		}
		List<?> elements = elements(reply, this.expected);
		Collection<@Nullable Object> result = this.factory.apply(elements.size());
		int index = 0;
		for (Object each : elements) {
			result.add(decodeElement(this.element, each, index++, this.expected));
		}
		return result;
	}

	static List<?> elements(Object reply, String expected) {
		if (reply instanceof List<?> list) {
			return list;
		}
		if (reply instanceof MapReply) {
			throw Replies.mismatch(expected, reply, "which only a Map or a record takes");
		}
		throw Replies.mismatch(expected, reply);
	}

	static @Nullable Object decodeElement(ReplyDecoder decoder, @Nullable Object element, int index, String expected) {
		try {
			return decoder.decode(element);
		}
		catch (ReplyMismatchException ex) {
			throw ex.within("element " + (index + 1) + " of " + expected);
		}
	}

}
