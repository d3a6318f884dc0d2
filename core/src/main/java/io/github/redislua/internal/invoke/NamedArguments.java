package io.github.redislua.internal.invoke;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;

/**
 * The arguments of a call by name: each as a parameter of its class would be.
 */
public final class NamedArguments extends ValueSource {

	private final ArgumentEncoder encoder;

	/**
	 * Create a new source.
	 * @param index where the list of arguments is
	 * @param encoder turns any value into bytes
	 */
	public NamedArguments(int index, ArgumentEncoder encoder) {
		super(index, "the array of arguments", encoder, false, false, false);
		this.encoder = encoder;
	}

	@Override
	public void all(@Nullable Object[] arguments, Consumer<byte[]> target) {
		List<?> values = (List<?>) Objects.requireNonNull(value(arguments));
		int leftOut = -1;
		for (int i = 0; i < values.size(); i++) {
			Object value = values.get(i);
			if (value == null) {
				throw new ArgumentException("argument " + (i + 1) + " must not be null");
			}
			Object content = ArgumentEncoders.unwrapOptional(value);
			if (content == null) {
				leftOut = (leftOut >= 0) ? leftOut : i;
				continue;
			}
			if (leftOut >= 0) {
				throw new ArgumentException("argument " + (leftOut + 1)
						+ " is an empty Optional, and only at the end of the arguments can one be left out");
			}
			try {
				this.encoder.encodeAll(content, target);
			}
			catch (ArgumentException ex) {
				throw new ArgumentException("argument " + (i + 1) + " " + ex.getMessage(), ex);
			}
		}
	}

}
