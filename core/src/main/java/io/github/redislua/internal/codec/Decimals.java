package io.github.redislua.internal.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as decimal text in ASCII, independent of any locale.
 */
public final class Decimals {

	/**
	 * Up to this length a {@code BigDecimal} is written without an exponent, so that a
	 * script which compares texts or hands the value to an integer command is not
	 * surprised by {@code 1E+3}.
	 */
	private static final int PLAIN_LENGTH = 40;

	private Decimals() {
	}

	public static byte[] of(long value) {
		// Counted in negatives, since Long.MIN_VALUE has no positive.
		long rest = (value < 0) ? value : -value;
		int length = digits(rest) + ((value < 0) ? 1 : 0);
		byte[] ascii = new byte[length];
		do {
			ascii[--length] = (byte) ('0' - rest % 10);
			rest /= 10;
		}
		while (rest != 0);
		if (value < 0) {
			ascii[0] = '-';
		}
		return ascii;
	}

	public static byte[] of(BigInteger value) {
		return ascii(value.toString());
	}

	public static byte[] of(double value) {
		if (Double.isNaN(value)) {
			throw new ArgumentException("is not a number");
		}
		return ascii(ShortestDecimal.of(value));
	}

	public static byte[] of(float value) {
		if (Float.isNaN(value)) {
			throw new ArgumentException("is not a number");
		}
		return ascii(ShortestDecimal.of(value));
	}

	public static byte[] of(BigDecimal value) {
		// Decided before anything is written out: 1E+1000000000 is a gigabyte of zeros.
		long digits = value.precision();
		long scale = value.scale();
		long length = (scale > 0) ? Math.max(digits, scale) : digits - scale;
		return ascii((length <= PLAIN_LENGTH) ? value.toPlainString() : value.toString());
	}

	private static int digits(long negative) {
		int digits = 1;
		for (long bound = -10; negative <= bound; bound *= 10) {
			if (++digits == 19) {
				break;
			}
		}
		return digits;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
