package io.github.redislua.internal.invoke;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;

/**
 * Where one key or argument comes from: a parameter, with everything about it decided at
 * start-up.
 */
public class ValueSource {

	private final int index;

	private final String label;

	private final ArgumentEncoder encoder;

	private final boolean optionalType;

	private final boolean absentAllowed;

	private final boolean nullable;

	/**
	 * Create a new source.
	 * @param index the index of the parameter
	 * @param label the parameter as messages name it
	 * @param encoder turns its value into bytes
	 * @param optionalType whether its type is {@code Optional} or a kin of it
	 * @param absentAllowed whether it may be left out at the end
	 * @param nullable whether it may be {@code null}
	 */
	public ValueSource(int index, String label, ArgumentEncoder encoder, boolean optionalType, boolean absentAllowed,
			boolean nullable) {
		this.index = index;
		this.label = label;
		this.encoder = encoder;
		this.optionalType = optionalType;
		this.absentAllowed = absentAllowed;
		this.nullable = nullable;
	}

	/**
	 * The parameter.
	 * @return its index
	 */
	public int index() {
		return this.index;
	}

	public boolean isAbsentAllowed() {
		return this.absentAllowed;
	}

	public boolean isSpread() {
		return this.encoder.isSpread();
	}

	public String label() {
		return this.label;
	}

	/**
	 * The value of the parameter.
	 * @param arguments the arguments of the Java call
	 * @return the value out of its {@code Optional}, {@code null} if there is none
	 */
	public @Nullable Object value(@Nullable Object[] arguments) {
		Object value = arguments[this.index];
		if (this.optionalType) {
			if (value == null && !this.nullable) {
				throw new ArgumentException(this.label + " must not be null");
			}
			return (value != null) ? ArgumentEncoders.unwrapOptional(value) : null;
		}
		return value;
	}

	/**
	 * The one value that is sent.
	 * @param arguments the arguments of the Java call
	 * @return its bytes
	 */
	public byte[] single(@Nullable Object[] arguments) {
		Object value = value(arguments);
		if (value == null) {
			throw new ArgumentException(absent());
		}
		try {
			return this.encoder.encode(value);
		}
		catch (ArgumentException ex) {
			throw new ArgumentException(this.label + " " + ex.getMessage(), ex);
		}
	}

	/**
	 * The values that are sent.
	 * @param arguments the arguments of the Java call
	 * @param target takes their bytes
	 */
	public void all(@Nullable Object[] arguments, Consumer<byte[]> target) {
		Object value = value(arguments);
		if (value == null) {
			throw new ArgumentException(absent());
		}
		try {
			this.encoder.encodeAll(value, target);
		}
		catch (ArgumentException ex) {
			throw new ArgumentException(this.label + " " + ex.getMessage(), ex);
		}
	}

	private String absent() {
		if (this.optionalType) {
			return this.label + " is an empty Optional, " + (this.absentAllowed
					? "and only at the end of the arguments can one be left out" : "but a key cannot be left out");
		}
		return this.label
				+ (this.absentAllowed ? " is null, and only at the end of the arguments can a @Nullable one be left out"
						: " must not be null");
	}

}
