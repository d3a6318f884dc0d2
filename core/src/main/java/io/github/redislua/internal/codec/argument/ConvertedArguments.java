package io.github.redislua.internal.codec.argument;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Conversions;
import io.github.redislua.internal.codec.JdkValues;
import io.github.redislua.internal.codec.Utf8;

/**
 * Types that are text through a converter: the application's own, then the well-known
 * value types of the JDK.
 */
final class ConvertedArguments {

	private final Conversions conversions;

	ConvertedArguments(Conversions conversions) {
		this.conversions = conversions;
	}

	@Nullable ArgumentEncoder of(Class<?> type) {
		Function<Object, @Nullable Object> conversion = this.conversions.toText(type);
		if (conversion != null) {
			return new SingleArgument<>((value) -> Utf8.encode(convert(value, conversion)));
		}
		JdkValues.Writer<?> writer = JdkValues.writer(type);
		return (writer != null) ? written(writer) : null;
	}

	private static String convert(Object value, Function<Object, @Nullable Object> conversion) {
		Object text;
		try {
			text = conversion.apply(value);
		}
		catch (ConversionException ex) {
			throw new ArgumentException("is refused by its converter", ex);
		}
		if (text == null) {
			throw new ArgumentException("is converted to null");
		}
		return (String) text;
	}

	private static <T> ArgumentEncoder written(JdkValues.Writer<T> writer) {
		return new SingleArgument<T>((value) -> Utf8.encode(writer.write(value)));
	}

}
