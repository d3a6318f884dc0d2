package io.github.redislua.lint.syntax;

/**
 * Numeric literals as {@code strtod} and {@code strtoul} of the C library read them,
 * which is what Lua 5.1 calls: decimal and hexadecimal, the latter with a binary exponent
 * too ({@code 0x1p4}).
 */
final class Numerals {

	private Numerals() {
	}

	// The literal's value, or NaN if it is malformed (no literal's value is NaN).
	static double parse(byte[] source, int from, int end) {
		int to = from;
		// The C functions stop at a NUL byte.
		while (to < end && source[to] != 0) {
			to++;
		}
		if (to - from > 2 && source[from] == '0' && (source[from + 1] | 32) == 'x' && hex(source[from + 2]) >= 0) {
			return parseHex(source, from + 2, to);
		}
		return parseDecimal(source, from, to);
	}

	private static double parseDecimal(byte[] source, int from, int to) {
		int i = digits(source, from, to);
		boolean integer = true;
		if (i < to && source[i] == '.') {
			integer = false;
			i = digits(source, i + 1, to);
		}
		if (i < to && (source[i] | 32) == 'e') {
			integer = false;
			int j = i + 1;
			if (j < to && (source[j] == '+' || source[j] == '-')) {
				j++;
			}
			int exponentEnd = digits(source, j, to);
			i = (exponentEnd > j) ? exponentEnd : i;
		}
		if (i != to) {
			return Double.NaN;
		}
		if (integer && to - from < 16) {
			long value = 0;
			for (int j = from; j < to; j++) {
				value = value * 10 + source[j] - '0';
			}
			return value;
		}
		return Double.parseDouble(Latin1.string(source, from, to));
	}

	private static double parseHex(byte[] source, int from, int to) {
		int i = from;
		double value = 0;
		while (i < to && hex(source[i]) >= 0) {
			value = value * 16 + hex(source[i]);
			i++;
		}
		if (i < to && (source[i] | 32) == 'p') {
			int exponentEnd = digits(source, i + 1, to);
			if (exponentEnd > i + 1) {
				int exponent = 0;
				for (int j = i + 1; j < exponentEnd; j++) {
					exponent = Math.min(exponent * 10 + source[j] - '0', 100_000);
				}
				value = (value != 0) ? value * Math.pow(2, exponent) : 0;
				i = exponentEnd;
			}
		}
		return (i == to) ? value : Double.NaN;
	}

	private static int digits(byte[] source, int from, int to) {
		int i = from;
		while (i < to && source[i] >= '0' && source[i] <= '9') {
			i++;
		}
		return i;
	}

	private static int hex(byte digit) {
		return Character.digit(digit, 16);
	}

}
