package io.github.redislua.internal.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * The text with the fewest digits that reads back as the same {@code double} or
 * {@code float}. {@code Double.toString} is not always that: it keeps two digits where
 * one is enough ({@code 4.9E-324}), and before Java 19 often more than it needs
 * (JDK-4511638, {@code 2e23} is {@code 1.9999999999999998E23}).
 */
public final class ShortestDecimal {

	private static final boolean JDK_IS_SHORTEST = Runtime.version().feature() >= 19;

	/**
	 * Two different decimals of so many digits are never the same double (DBL_DIG), nor
	 * the same float (FLT_DIG), unless it is subnormal: nothing shorter can be found.
	 */
	private static final int UNIQUE_DOUBLE_DIGITS = 15;

	private static final int UNIQUE_FLOAT_DIGITS = 6;

	private ShortestDecimal() {
	}

	public static String of(double value) {
		if (Math.abs(value) < 0x1p53 && value == (long) value) {
			return integral((long) value, 1 / value < 0);
		}
		if (Double.isInfinite(value)) {
			return infinite(value);
		}
		String text = Double.toString(value);
		double size = Math.abs(value);
		if (text.length() <= UNIQUE_DOUBLE_DIGITS + 1 && isPlain(size)) {
			return text;
		}
		BigDecimal digits = new BigDecimal(text).stripTrailingZeros();
		if ((digits.precision() > UNIQUE_DOUBLE_DIGITS && !JDK_IS_SHORTEST) || size < Double.MIN_NORMAL) {
			digits = shortest(digits, new BigDecimal(value), (candidate) -> candidate.doubleValue() == value);
		}
		return layOut(digits);
	}

	public static String of(float value) {
		if (Math.abs(value) < 0x1p24f && value == (long) value) {
			return integral((long) value, 1 / value < 0);
		}
		if (Float.isInfinite(value)) {
			return infinite(value);
		}
		String text = Float.toString(value);
		float size = Math.abs(value);
		if (text.length() <= UNIQUE_FLOAT_DIGITS + 1 && isPlain(size)) {
			return text;
		}
		BigDecimal digits = new BigDecimal(text).stripTrailingZeros();
		if ((digits.precision() > UNIQUE_FLOAT_DIGITS && !JDK_IS_SHORTEST) || size < Float.MIN_NORMAL) {
			digits = shortest(digits, new BigDecimal(value), (candidate) -> candidate.floatValue() == value);
		}
		return layOut(digits);
	}

	private static String integral(long value, boolean negative) {
		return (value == 0 && negative) ? "-0" : Long.toString(value);
	}

	private static String infinite(double value) {
		return (value > 0) ? "inf" : "-inf";
	}

	/**
	 * Whether the JDK writes such a number without an exponent.
	 * @param size the absolute value
	 * @return whether the JDK's text can be sent as it is
	 */
	private static boolean isPlain(double size) {
		return size >= 1e-3 && size < 1e7;
	}

	private static BigDecimal shortest(BigDecimal known, BigDecimal exact, Predicate<BigDecimal> readsBack) {
		BigDecimal shortest = known;
		while (shortest.precision() > 1) {
			int precision = shortest.precision() - 1;
			BigDecimal shorter = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
			if (!readsBack.test(shorter)) {
				// Above a power of two the next number is twice as far as below it: what
				// is not the nearest decimal may still read back.
				shorter = exact.round(new MathContext(precision, RoundingMode.UP));
				if (!readsBack.test(shorter)) {
					break;
				}
			}
			shortest = shorter.stripTrailingZeros();
		}
		return shortest;
	}

	private static String layOut(BigDecimal number) {
		String digits = number.unscaledValue().abs().toString();
		int exponent = digits.length() - number.scale() - 1;
		StringBuilder scientific = new StringBuilder(digits);
		if (digits.length() > 1) {
			scientific.insert(1, '.');
		}
		scientific.append('e').append(exponent);
		// As the JDK, thousandths are plain; from 1 upwards the shorter form wins.
		boolean plain = (exponent < 0) ? exponent >= -3 : exponent + 1 <= scientific.length();
		if (plain) {
			return number.toPlainString();
		}
		return (number.signum() < 0) ? scientific.insert(0, '-').toString() : scientific.toString();
	}

}
