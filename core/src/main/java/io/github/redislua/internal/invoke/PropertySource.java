package io.github.redislua.internal.invoke;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Excerpt;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;

/**
 * A property of a parameter, as a key template names it.
 */
final class PropertySource extends ValueSource {

	private final int index;

	private final String owner;

	private final Method accessor;

	/**
	 * Create a new source.
	 * @param index the index of the parameter
	 * @param owner the parameter as messages name it
	 * @param property the property's name
	 * @param accessor reads the property
	 * @param encoder turns the property into bytes
	 */
	PropertySource(int index, String owner, String property, Method accessor, ArgumentEncoder encoder) {
		super(index, "property '" + property + "' of " + owner, encoder, false, false, false);
		this.index = index;
		this.owner = owner;
		this.accessor = accessor;
	}

	@Override
	public @Nullable Object value(@Nullable Object[] arguments) {
		Object bean = arguments[this.index];
		if (bean == null) {
			throw new ArgumentException(this.owner + " must not be null");
		}
		try {
			Object value = this.accessor.invoke(bean);
			return (value != null && ArgumentEncoders.isOptional(value.getClass()))
					? ArgumentEncoders.unwrapOptional(value) : value;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Cannot read " + label(), ex);
		}
		catch (InvocationTargetException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			// The message of the application may be of any length, and on several lines.
			throw new ArgumentException(label() + " cannot be read: " + Excerpt.line(cause.toString()), cause);
		}
	}

}
