package io.github.redislua.internal.codec.reply;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;

import io.github.redislua.JsonCodec;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.Conversions;
import io.github.redislua.internal.codec.Optionals;
import io.github.redislua.internal.codec.TypeNames;
import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * Decides, once per method, how its replies are read. Internal.
 */
public final class ReplyDecoders {

	private final ConvertedReplies converted;

	private final @Nullable JsonCodec json;

	/**
	 * Creates the decoders of one application.
	 * @param conversionServices asked in order for a type that is not known here; they
	 * hold what the application registered and none of Spring's defaults, which would
	 * make any class with a {@code String} constructor from any text
	 * @param json reads replies that are JSON, null if there is no JSON library
	 */
	public ReplyDecoders(List<ConversionService> conversionServices, @Nullable JsonCodec json) {
		this.converted = new ConvertedReplies(new Conversions(conversionServices));
		this.json = json;
	}

	/**
	 * The decoder of a return type.
	 * @param type the return type, what an asynchronous one is about
	 * @param format how the script lays out its reply
	 * @return the decoder
	 * @throws UnsupportedTypeException if such a type cannot be read in that format
	 */
	public ReplyDecoder forType(ResolvableType type, ReplyFormat format) {
		if (format == ReplyFormat.JSON) {
			return forJson(type);
		}
		ReplyResolver resolver = new ReplyResolver(this.converted, this.json, format);
		ReplyDecoder decoder = resolver.resolve(type);
		if (format == ReplyFormat.MAP && !resolver.hasFields()) {
			throw new UnsupportedTypeException(TypeNames.simple(type)
					+ " has no fields: reply = ReplyFormat.MAP needs a record or a Map in the return type");
		}
		return decoder;
	}

	/**
	 * Whether the application has a converter of its own from text to a type.
	 * @param type the type
	 * @return {@code true} if it has
	 */
	public boolean isConverted(Class<?> type) {
		return this.converted.registered(type) != null;
	}

	private ReplyDecoder forJson(ResolvableType type) {
		if (this.json == null) {
			throw new UnsupportedTypeException("reply = ReplyFormat.JSON needs Jackson on the class path");
		}
		Class<?> raw = type.resolve(Object.class);
		if (raw == void.class || raw == Void.class) {
			return ReplyResolver.IGNORED;
		}
		if (!Optionals.isOptional(raw)) {
			return new JsonReply(this.json, type);
		}
		ResolvableType content = Optionals.content(type);
		if (raw != Optional.class) {
			// The JSON text null is empty, not the null of a primitive.
			content = ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(content.resolve(Object.class)));
		}
		return OptionalReply.of(raw, new JsonReply(this.json, content));
	}

}
