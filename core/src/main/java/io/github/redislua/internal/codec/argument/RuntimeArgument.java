package io.github.redislua.internal.codec.argument;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.TypeNames;

/**
 * A type that says nothing about its values, such as {@code Object}: each value is sent
 * as its own class would be.
 */
final class RuntimeArgument extends ArgumentEncoder {

	private final ArgumentResolver resolver;

	private final boolean spread;

	// Never grows beyond the classes an application passes; a hit takes no lock.
	private final Map<Class<?>, ArgumentEncoder> encoders = new ConcurrentHashMap<>();

	RuntimeArgument(ArgumentResolver resolver, boolean spread) {
		this.resolver = resolver;
		this.spread = spread;
	}

	@Override
	public boolean isSpread() {
		return this.spread;
	}

	@Override
	public byte[] encode(Object value) {
		ArgumentEncoder encoder = encoder(value.getClass());
		if (encoder.isSpread()) {
			throw new ArgumentException(
					"is a " + TypeNames.full(value.getClass()) + ", which is not a single value: flatten it");
		}
		return encoder.encode(value);
	}

	@Override
	public void encodeAll(Object value, Consumer<byte[]> target) {
		if (this.spread) {
			encoder(value.getClass()).encodeAll(value, target);
		}
		else {
			target.accept(encode(value));
		}
	}

	private ArgumentEncoder encoder(Class<?> type) {
		ArgumentEncoder encoder = this.encoders.get(type);
		if (encoder == null) {
			encoder = this.resolver.resolve(type);
			this.encoders.put(type, encoder);
		}
		return encoder;
	}

}
