package io.github.redislua.codec;

import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;

/**
 * Decides, once per parameter, how its values are sent. Internal.
 */
public final class ArgumentEncoders {

	public ArgumentEncoders(List<ConversionService> conversionServices, @Nullable JsonCodec json) {
	}

	public ArgumentEncoder forArgument(ResolvableType type, ChronoUnit unit, boolean json) {
		throw new UnsupportedTypeException(type + " cannot be sent");
	}

	public ArgumentEncoder forKey(ResolvableType type) {
		throw new UnsupportedTypeException(type + " cannot be sent");
	}

	public static boolean isOptional(Class<?> type) {
		return false;
	}

	public static @Nullable Object unwrapOptional(Object value) {
		return value;
	}

}
