package io.github.redislua.internal.codec;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/**
 * The converters that the application registered, and only these.
 */
public final class Conversions {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private final List<ConversionService> services;

	public Conversions(List<ConversionService> services) {
		this.services = List.copyOf(services);
	}

	public @Nullable Function<Object, @Nullable Object> toText(Class<?> type) {
		return conversion(TypeDescriptor.valueOf(type), STRING);
	}

	public @Nullable Function<Object, @Nullable Object> fromText(Class<?> type) {
		return conversion(STRING, TypeDescriptor.valueOf(type));
	}

	private @Nullable Function<Object, @Nullable Object> conversion(TypeDescriptor source, TypeDescriptor target) {
		for (ConversionService service : this.services) {
			if (service.canConvert(source, target)) {
				return (value) -> service.convert(value, source, target);
			}
		}
		return null;
	}

}
