package io.github.redislua.internal.codec;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.github.redislua.JsonCodec;

/**
 * Finds a JSON library where the application did not hand over its own mapper. Internal.
 */
public final class JsonCodecs {

	private JsonCodecs() {
	}

	/**
	 * Jackson 3 with its defaults if present, else Jackson 2 with the modules it finds.
	 * @param classLoader where to look, null for the default class loader
	 * @return the codec, or null if there is no Jackson
	 */
	public static @Nullable JsonCodec detect(@Nullable ClassLoader classLoader) {
		// The adapters are reached through static methods that return the interface:
		// a class that is not called is not loaded, so neither library needs to be there.
		if (ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper", classLoader)) {
			return Jackson3JsonCodec.withDefaults(classLoader);
		}
		if (ClassUtils.isPresent("com.fasterxml.jackson.databind.ObjectMapper", classLoader)) {
			return Jackson2JsonCodec.withDefaults(classLoader);
		}
		return null;
	}

}
