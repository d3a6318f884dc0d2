package io.github.redislua.internal.codec.argument;

import io.github.redislua.JsonCodec;
import io.github.redislua.internal.codec.ArgumentException;

/**
 * Any object as one JSON text.
 */
final class JsonArgument extends ArgumentEncoder {

	private final JsonCodec json;

	JsonArgument(JsonCodec json) {
		this.json = json;
	}

	@Override
	public byte[] encode(Object value) {
		try {
			return this.json.write(value);
		}
		catch (RuntimeException ex) {
			// Also what a codec of the application throws.
			throw new ArgumentException("cannot be written as JSON", ex);
		}
	}

}
