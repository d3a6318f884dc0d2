package io.github.redislua.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;

import io.github.redislua.annotation.ReplyFormat;

/**
 * Decides, once per method, how its replies are read. Internal.
 */
public final class ReplyDecoders {

	public ReplyDecoders(List<ConversionService> conversionServices, @Nullable JsonCodec json) {
	}

	public ReplyDecoder forType(ResolvableType type, ReplyFormat format) {
		throw new UnsupportedTypeException(type + " cannot be read as " + format);
	}

}
