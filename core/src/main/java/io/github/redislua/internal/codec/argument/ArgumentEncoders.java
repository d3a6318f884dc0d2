package io.github.redislua.internal.codec.argument;

import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;

import io.github.redislua.JsonCodec;
import io.github.redislua.internal.codec.Conversions;
import io.github.redislua.internal.codec.Optionals;
import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * Decides, once per parameter, how its values are sent. Internal.
 */
public final class ArgumentEncoders {

	private final ConvertedArguments converted;

	private final @Nullable JsonCodec json;

	/**
	 * Creates the encoders of one application.
	 * @param conversionServices asked in order for a type that is not known here; they
	 * hold what the application registered and none of Spring's defaults, which would
	 * send any class with a {@code String} constructor by its {@code toString()}
	 * @param json writes arguments that ask for JSON, null if there is no JSON library
	 */
	public ArgumentEncoders(List<ConversionService> conversionServices, @Nullable JsonCodec json) {
		this.converted = new ConvertedArguments(new Conversions(conversionServices));
		this.json = json;
	}

	/**
	 * The encoder of a parameter that becomes arguments. For an {@code Optional} it is
	 * the encoder of the content, see {@link #unwrapOptional}.
	 * @param type the type of the parameter
	 * @param unit what points in time and lengths of time are counted in
	 * @param json whether to send the whole value as one JSON text
	 * @return the encoder
	 * @throws UnsupportedTypeException if such a parameter cannot be sent
	 */
	public ArgumentEncoder forArgument(ResolvableType type, ChronoUnit unit, boolean json) {
		if (!json) {
			return new ArgumentResolver(this.converted, unit, false).resolve(content(type));
		}
		if (this.json == null) {
			throw new UnsupportedTypeException("@Arg(json = true) needs Jackson on the class path");
		}
		return new JsonArgument(this.json);
	}

	/**
	 * The encoder of a parameter that becomes keys. Times are in milliseconds.
	 * @param type the type of the parameter
	 * @return the encoder
	 * @throws UnsupportedTypeException if such a parameter cannot be a key
	 */
	public ArgumentEncoder forKey(ResolvableType type) {
		return new ArgumentResolver(this.converted, ChronoUnit.MILLIS, true).resolve(content(type));
	}

	/**
	 * Whether a type is one of {@code Optional}, {@code OptionalInt},
	 * {@code OptionalLong}, {@code OptionalDouble}.
	 * @param type the type
	 * @return whether values of it have to be unwrapped before they are encoded
	 */
	public static boolean isOptional(Class<?> type) {
		return Optionals.isOptional(type);
	}

	/**
	 * What an {@code Optional} of any kind holds.
	 * @param value an {@code Optional}, or anything else, which is returned as it is
	 * @return the content, null if empty
	 */
	public static @Nullable Object unwrapOptional(Object value) {
		return Optionals.unwrap(value);
	}

	private static ResolvableType content(ResolvableType type) {
		return Optionals.isOptional(type.resolve(Object.class)) ? Optionals.content(type) : type;
	}

}
