package io.github.redislua.codec;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/**
 * The converters that the application registered, and only these.
 */
final class Conversions {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private final List<ConversionService> services;

	Conversions(List<ConversionService> services) {
		this.services = List.copyOf(services);
	}

	@Nullable Function<Object, @Nullable Object> toText(Class<?> type) {
		return conversion(TypeDescriptor.valueOf(type), STRING);
	}

	@Nullable Function<Object, @Nullable Object> fromText(Class<?> type) {
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
