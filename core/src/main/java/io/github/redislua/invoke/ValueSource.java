package io.github.redislua.invoke;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.redislua.codec.ArgumentEncoder;
import io.github.redislua.codec.ArgumentEncoders;
import io.github.redislua.codec.ArgumentException;

/**
 * Where one key or argument comes from: a parameter, with everything about it decided at
 * start-up.
 */
class ValueSource {

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
	ValueSource(int index, String label, ArgumentEncoder encoder, boolean optionalType, boolean absentAllowed,
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
	int index() {
		return this.index;
	}

	boolean isAbsentAllowed() {
		return this.absentAllowed;
	}

	boolean isSpread() {
		return this.encoder.isSpread();
	}

	String label() {
		return this.label;
	}

	/**
	 * The value of the parameter.
	 * @param arguments the arguments of the Java call
	 * @return the value out of its {@code Optional}, {@code null} if there is none
	 */
	@Nullable Object value(@Nullable Object[] arguments) {
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
	byte[] single(@Nullable Object[] arguments) {
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
	void all(@Nullable Object[] arguments, Consumer<byte[]> target) {
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
