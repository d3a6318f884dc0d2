package io.github.redislua.internal.codec;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;

import io.github.redislua.JsonCodec;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;
import io.github.redislua.internal.codec.reply.ReplyDecoders;

/**
 * What the tests of this package share: short ways to encode, decode and write replies.
 */
public final class Codecs {

	public static final JsonCodec JSON = Jackson2JsonCodec.withDefaults(null);

	public static final ArgumentEncoders ENCODERS = new ArgumentEncoders(List.of(), JSON);

	public static final ReplyDecoders DECODERS = new ReplyDecoders(List.of(), JSON);

	private Codecs() {
	}

	public static ResolvableType type(Class<?> type) {
		return ResolvableType.forClass(type);
	}

	public static ResolvableType type(ParameterizedTypeReference<?> type) {
		return ResolvableType.forType(type);
	}

	public static String send(Class<?> type, Object value) {
		return text(ENCODERS.forArgument(type(type), ChronoUnit.MILLIS, false).encode(value));
	}

	public static List<String> sendAll(ResolvableType type, Object value) {
		return sendAll(ENCODERS.forArgument(type, ChronoUnit.MILLIS, false), value);
	}

	public static List<String> sendAll(ArgumentEncoder encoder, Object value) {
		List<String> sent = new ArrayList<>();
		encoder.encodeAll(value, (bytes) -> sent.add(text(bytes)));
		return sent;
	}

	public static @Nullable Object read(Class<?> type, @Nullable Object reply) {
		return read(type(type), reply);
	}

	public static @Nullable Object read(ResolvableType type, @Nullable Object reply) {
		return DECODERS.forType(type, ReplyFormat.AUTO).decode(reply);
	}

	public static @Nullable Object read(ResolvableType type, ReplyFormat format, @Nullable Object reply) {
		return DECODERS.forType(type, format).decode(reply);
	}

	public static byte[] bulk(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	public static List<@Nullable Object> array(@Nullable Object... elements) {
		return Arrays.asList(elements);
	}

	public static MapReply map(@Nullable Object... entries) {
		return new MapReply(Arrays.asList(entries));
	}

	public static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/**
	 * An application that registered what the tests need, and none of Spring's defaults.
	 */
	public static ConversionService conversions() {
		GenericConversionService service = new GenericConversionService();
		service.addConverter(UserId.class, String.class, UserId::value);
		service.addConverter(String.class, UserId.class, (text) -> (text.isEmpty()) ? null : UserId.parse(text));
		return service;
	}

	/**
	 * Has what Spring's default conversion looks for: a constructor and a factory that
	 * take a {@code String}, and a {@code toString()} that is of no use to a script.
	 *
	 * @param value the identifier
	 */
	public record UserId(@Nullable String value) {

		static UserId parse(String text) {
			if (text.equals("bad")) {
				throw new IllegalArgumentException("No user has this id");
			}
			return new UserId(text);
		}

		static UserId of(String text) {
			return new UserId(text);
		}

		static UserId valueOf(String text) {
			return new UserId(text);
		}

	}

}
