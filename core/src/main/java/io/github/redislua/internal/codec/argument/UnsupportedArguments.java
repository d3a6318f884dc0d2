package io.github.redislua.internal.codec.argument;

import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Iterator;
import java.util.stream.BaseStream;

import io.github.redislua.internal.codec.Optionals;

/**
 * Says of a type that cannot be sent why, and what to do about it.
 */
final class UnsupportedArguments {

	private UnsupportedArguments() {
	}

	/**
	 * The reason as a predicate: the caller puts the type's name before it.
	 * @param type the unsupported type
	 * @param unit the unit of the parameter
	 * @param key whether it is to be a key, which is never JSON
	 * @return the reason
	 */
	static String reason(Class<?> type, ChronoUnit unit, boolean key) {
		String converter = (key ? "" : "annotate the parameter with @Arg(json = true), or ") + "register a Converter<"
				+ type.getSimpleName() + ", String>";
		if (BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)) {
			return "cannot be sent: it can be read only once, so collect it to a List";
		}
		if (type == Iterable.class) {
			return "cannot be sent: declare a Collection";
		}
		if (Optionals.isOptional(type)) {
			return "cannot be sent from here: unwrap it, only the parameter itself may be optional";
		}
		if (TemporalAccessor.class.isAssignableFrom(type)) {
			return "is no point in time without a zone, so it has no number of " + unit.name()
					+ " since the epoch: use an Instant or a ZonedDateTime, " + (key ? "or " : "") + converter;
		}
		if (TemporalAmount.class.isAssignableFrom(type)) {
			return "has no fixed length, since months and days differ: use a Duration, " + (key ? "or " : "")
					+ converter;
		}
		return "cannot be sent as text: " + converter;
	}

}
