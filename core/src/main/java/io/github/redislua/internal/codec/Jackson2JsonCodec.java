package io.github.redislua.internal.codec;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;

import io.github.redislua.JsonCodec;

/**
 * JSON through Jackson 2. Internal.
 */
public final class Jackson2JsonCodec implements JsonCodec {

	private final ObjectMapper mapper;

	// One reader per declared type, so that no generic type is taken apart during a call.
	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	public Jackson2JsonCodec(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	public static JsonCodec withDefaults(@Nullable ClassLoader classLoader) {
		return new Jackson2JsonCodec(new ObjectMapper().registerModules(ObjectMapper.findModules(classLoader)));
	}

	@Override
	public byte[] write(Object value) {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (IOException | RuntimeException ex) {
			throw new JsonCodecException("Jackson cannot write " + value.getClass().getName(), ex);
		}
	}

	@Override
	public @Nullable Object read(byte[] json, Type type) {
		try {
			return reader(type).readValue(json);
		}
		catch (IOException | RuntimeException ex) {
			throw new JsonCodecException("Jackson cannot read " + type.getTypeName(), ex);
		}
	}

	private ObjectReader reader(Type type) {
		ObjectReader reader = this.readers.get(type);
		if (reader == null) {
			// Jackson 2 ignores what follows the first value; a reply is all or nothing.
			reader = this.mapper.readerFor(this.mapper.constructType(type))
				.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
						DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
				.without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
			this.readers.put(type, reader);
		}
		return reader;
	}

}
