package io.github.redislua;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.JsonCodecException;

/**
 * The application's JSON library, behind two methods: the one place that differs between
 * Jackson 2 and Jackson 3. Internal.
 */
public interface JsonCodec {

	/**
	 * Writes a value as JSON.
	 * @param value the value
	 * @return one JSON text in UTF-8
	 * @throws JsonCodecException if the library cannot write it
	 */
	byte[] write(Object value);

	/**
	 * Reads a value from JSON.
	 * @param json exactly one JSON text in UTF-8
	 * @param type the type to read, without type variables; never a primitive
	 * @return the value, null for the JSON text {@code null}
	 * @throws JsonCodecException if the text is no JSON, has something behind it, or does
	 * not fit the type
	 */
	@Nullable Object read(byte[] json, Type type);

}
