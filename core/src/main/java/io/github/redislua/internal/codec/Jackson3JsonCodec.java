package io.github.redislua.internal.codec;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

import io.github.redislua.JsonCodec;

/**
 * JSON through Jackson 3. Internal.
 */
public final class Jackson3JsonCodec implements JsonCodec {

	private final ObjectMapper mapper;

	// One reader per declared type, so that no generic type is taken apart during a call.
	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	public Jackson3JsonCodec(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	public static JsonCodec withDefaults(@Nullable ClassLoader classLoader) {
		return new Jackson3JsonCodec(JsonMapper.builder().addModules(MapperBuilder.findModules(classLoader)).build());
	}

	@Override
	public byte[] write(Object value) {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (RuntimeException ex) {
			throw new JsonCodecException("Jackson cannot write " + value.getClass().getName(), ex);
		}
	}

	@Override
	public @Nullable Object read(byte[] json, Type type) {
		try {
			return reader(type).readValue(json);
		}
		catch (RuntimeException ex) {
			throw new JsonCodecException("Jackson cannot read " + type.getTypeName(), ex);
		}
	}

	private ObjectReader reader(Type type) {
		ObjectReader reader = this.readers.get(type);
		if (reader == null) {
			// On by default, but an application's mapper may have switched it off.
			reader = this.mapper.readerFor(this.mapper.constructType(type))
				.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
						DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
				.without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
			this.readers.put(type, reader);
		}
		return reader;
	}

}
