package io.github.redislua.tests;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Values as they would be written in Java, more or less: two values of different types
 * never look the same.
 */
final class Shown {

	private Shown() {
	}

	static String of(Object value) {
		if (value == null || value instanceof Integer || value instanceof Boolean) {
			return String.valueOf(value);
		}
		if (value instanceof Number number) {
			return number(number);
		}
		if (value instanceof String text) {
			return "\"" + text + "\"";
		}
		if (value instanceof byte[] bytes) {
			return "bytes " + escaped(bytes);
		}
		if (value instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(buffer.position(), bytes);
			return "buffer " + escaped(bytes);
		}
		if (value instanceof Enum<?> constant) {
			return constant.getDeclaringClass().getSimpleName() + "." + constant.name();
		}
		if (value.getClass().getSimpleName().startsWith("Optional")) {
			return optional(value);
		}
		return structure(value);
	}

	private static String number(Number number) {
		if (number instanceof Long) {
			return number + "L";
		}
		if (number instanceof Float || number instanceof Double) {
			return decimal(number.doubleValue(), number.toString()) + ((number instanceof Float) ? "f" : "");
		}
		boolean big = number instanceof BigInteger || number instanceof BigDecimal;
		return (big ? number.getClass().getSimpleName() : number.getClass().getSimpleName().toLowerCase(Locale.ROOT))
				+ " " + number;
	}

	// Before JDK 19 the text of a large number had more digits than it needs.
	private static String decimal(double value, String text) {
		boolean large = Double.isFinite(value) && Math.abs(value) >= 1e6;
		return large ? new BigDecimal(value).toPlainString() + ".0" : text;
	}

	private static String optional(Object optional) {
		Object value = null;
		if (optional instanceof Optional<?> any) {
			value = any.orElse(null);
		}
		else if (optional instanceof OptionalInt some && some.isPresent()) {
			value = some.getAsInt();
		}
		else if (optional instanceof OptionalLong some && some.isPresent()) {
			value = some.getAsLong();
		}
		else if (optional instanceof OptionalDouble some && some.isPresent()) {
			value = some.getAsDouble();
		}
		return optional.getClass().getSimpleName() + ((value != null) ? " " + of(value) : ".empty");
	}

	private static String structure(Object value) {
		if (value instanceof List<?> list) {
			return joined(list, Shown::of, "[", "]");
		}
		if (value instanceof Set<?> set) {
			return joined(set, Shown::of, "{", "}");
		}
		if (value instanceof Map<?, ?> map) {
			return joined(map.entrySet(), (entry) -> of(entry.getKey()) + " = " + of(entry.getValue()), "{", "}");
		}
		if (value.getClass().isArray()) {
			List<Object> elements = IntStream.range(0, Array.getLength(value))
				.mapToObj((i) -> Array.get(value, i))
				.collect(Collectors.toCollection(java.util.ArrayList::new));
			return joined(elements, Shown::of, value.getClass().getSimpleName().replaceFirst("\\[]$", "") + "[", "]");
		}
		if (value instanceof Record) {
			return joined(List.of(value.getClass().getRecordComponents()), (component) -> of(read(component, value)),
					value.getClass().getSimpleName() + "(", ")");
		}
		return value.toString();
	}

	private static <T> String joined(Collection<T> elements, Function<T, String> shown, String open, String close) {
		return elements.stream().map(shown).collect(Collectors.joining(", ", open, close));
	}

	private static Object read(RecordComponent component, Object value) {
		try {
			component.getAccessor().setAccessible(true);
			return component.getAccessor().invoke(value);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String escaped(byte[] bytes) {
		StringBuilder text = new StringBuilder("\"");
		for (byte each : bytes) {
			text.append((each >= 0x20 && each < 0x7F) ? String.valueOf((char) each) : String.format("\\x%02X", each));
		}
		return text.append('"').toString();
	}

}
