package io.github.redislua.internal.codec.reply;

import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;
import java.util.stream.BaseStream;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;

import io.github.redislua.internal.codec.TypeNames;
import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * Says of a type that cannot be read from a reply what to do about it.
 */
public final class UnsupportedReplies {

	private UnsupportedReplies() {
	}

	public static UnsupportedTypeException exception(Class<?> type) {
		return new UnsupportedTypeException(TypeNames.full(type) + " cannot be read from a reply: " + advice(type));
	}

	public static UnsupportedTypeException endless(ResolvableType type) {
		return new UnsupportedTypeException(
				TypeNames.simple(type) + " cannot be read from a reply: its types nest without an end");
	}

	private static String advice(Class<?> type) {
		String converter = "register a Converter<String, " + type.getSimpleName() + ">";
		if (BaseStream.class.isAssignableFrom(type)) {
			return "declare a List";
		}
		if (Iterable.class.isAssignableFrom(type) && type.getName().startsWith("java.util.")) {
			return "declare a List or a Set";
		}
		if (Map.class.isAssignableFrom(type) && type.getName().startsWith("java.util.")) {
			return "declare a Map";
		}
		if (Number.class.isAssignableFrom(type) && type.getName().startsWith("java.")) {
			return "declare a long, a double or a BigDecimal";
		}
		if (TemporalAccessor.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type)
				|| Date.class.isAssignableFrom(type) || Calendar.class.isAssignableFrom(type)) {
			return "a number has no unit, so declare a long, or " + converter;
		}
		String asRecord = KotlinDetector.isKotlinType(type)
				? "make it a record (@JvmRecord data class " + type.getSimpleName() + ")" : "return a record";
		return "declare reply = ReplyFormat.JSON, " + asRecord + ", or " + converter;
	}

}
