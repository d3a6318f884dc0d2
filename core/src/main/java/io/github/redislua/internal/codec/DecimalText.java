package io.github.redislua.internal.codec;

import java.nio.charset.StandardCharsets;

/**
 * The two number formats that a bulk string may have. Java's own parsers also take
 * blanks, a leading {@code +}, hexadecimal and type suffixes.
 */
public final class DecimalText {

	private DecimalText() {
	}

	/**
	 * Whether the text is {@code -?[0-9]+}.
	 * @param text ASCII
	 * @return whether it is an integer
	 */
	public static boolean isInteger(byte[] text) {
		int start = sign(text, 0);
		return start < text.length && digits(text, start) == text.length;
	}

	/**
	 * Whether the text is {@code -?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?}.
	 * @param text ASCII
	 * @return whether it is a decimal number
	 */
	public static boolean isDecimal(byte[] text) {
		int start = sign(text, 0);
		int end = digits(text, start);
		if (end == start) {
			return false;
		}
		if (end < text.length && text[end] == '.') {
			start = end + 1;
			end = digits(text, start);
			if (end == start) {
				return false;
			}
		}
		if (end < text.length && (text[end] == 'e' || text[end] == 'E')) {
			start = end + 1;
			if (start < text.length && (text[start] == '+' || text[start] == '-')) {
				start++;
			}
			end = digits(text, start);
			if (end == start) {
				return false;
			}
		}
		return end == text.length;
	}

	/**
	 * Whether a decimal has a digit other than zero before its exponent.
	 * @param text a decimal number
	 * @return whether it is not zero, however small
	 */
	public static boolean isNonZero(byte[] text) {
		for (byte c : text) {
			if (c == 'e' || c == 'E') {
				return false;
			}
			if (c >= '1' && c <= '9') {
				return true;
			}
		}
		return false;
	}

	/**
	 * The value of an integer.
	 * @param text an integer
	 * @return the value
	 * @throws ArithmeticException if it is none of 64 bits
	 */
	public static long parseLong(byte[] text) {
		int start = sign(text, 0);
		long negative = 0;
		for (int i = start; i < text.length; i++) {
			negative = Math.subtractExact(Math.multiplyExact(negative, 10L), text[i] - '0');
		}
		return (start != 0) ? negative : Math.negateExact(negative);
	}

	public static String string(byte[] text) {
		return new String(text, StandardCharsets.ISO_8859_1);
	}

	private static int sign(byte[] text, int index) {
		return (index < text.length && text[index] == '-') ? index + 1 : index;
	}

	private static int digits(byte[] text, int start) {
		int end = start;
		while (end < text.length && text[end] >= '0' && text[end] <= '9') {
			end++;
		}
		return end;
	}

}
