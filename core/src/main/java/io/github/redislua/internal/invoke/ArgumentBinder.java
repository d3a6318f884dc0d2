package io.github.redislua.internal.invoke;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.execute.CallValues;

/**
 * Makes the keys and the arguments of a call from the arguments of the Java method.
 */
public abstract class ArgumentBinder {

	final KeySource[] keys;

	final ValueSource[] arguments;

	private ArgumentBinder(KeySource[] keys, ValueSource[] arguments) {
		this.keys = keys;
		this.arguments = arguments;
	}

	/**
	 * Where the keys come from.
	 * @return the sources in order
	 */
	public List<KeySource> keys() {
		return List.of(this.keys);
	}

	/**
	 * Where the arguments come from.
	 * @return the sources in order
	 */
	public List<ValueSource> arguments() {
		return List.of(this.arguments);
	}

	/**
	 * Fills in the values of a call.
	 * @param arguments the arguments of the Java call
	 * @return the values
	 */
	public abstract CallValues bind(@Nullable Object[] arguments);

	public static ArgumentBinder of(List<KeySource> keys, List<ValueSource> values) {
		boolean fixed = keys.stream().noneMatch(KeySource::isSpread)
				&& values.stream().noneMatch((value) -> value.isSpread() || value.isAbsentAllowed());
		KeySource[] keySources = keys.toArray(KeySource[]::new);
		ValueSource[] valueSources = values.toArray(ValueSource[]::new);
		return fixed ? new Fixed(keySources, valueSources) : new Variable(keySources, valueSources);
	}

	/**
	 * As many values as there are sources, always.
	 */
	private static final class Fixed extends ArgumentBinder {

		Fixed(KeySource[] keys, ValueSource[] arguments) {
			super(keys, arguments);
		}

		@Override
		public CallValues bind(@Nullable Object[] call) {
			byte[][] values = new byte[this.keys.length + this.arguments.length][];
			for (int i = 0; i < this.keys.length; i++) {
				values[i] = this.keys[i].single(call);
			}
			for (int i = 0; i < this.arguments.length; i++) {
				values[this.keys.length + i] = this.arguments[i].single(call);
			}
			return new CallValues(values, this.keys.length);
		}

	}

	/**
	 * Collections that are spread, or arguments that may be left out at the end.
	 */
	private static final class Variable extends ArgumentBinder {

		Variable(KeySource[] keys, ValueSource[] arguments) {
			super(keys, arguments);
		}

		@Override
		public CallValues bind(@Nullable Object[] call) {
			List<byte[]> values = new ArrayList<>(this.keys.length + this.arguments.length);
			for (KeySource key : this.keys) {
				if (key.isSpread()) {
					key.all(call, values::add);
				}
				else {
					values.add(key.single(call));
				}
			}
			int keyCount = values.size();
			ValueSource leftOut = null;
			for (ValueSource argument : this.arguments) {
				if (argument.isAbsentAllowed() && argument.value(call) == null) {
					leftOut = (leftOut != null) ? leftOut : argument;
					continue;
				}
				int before = values.size();
				argument.all(call, values::add);
				if (leftOut != null && values.size() > before) {
					throw new ArgumentException(leftOut.label() + " is left out although " + argument.label()
							+ " follows: only at the end of the arguments can one be left out");
				}
			}
			return new CallValues(values.toArray(byte[][]::new), keyCount);
		}

	}

}
