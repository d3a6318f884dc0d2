package io.github.redislua.lint.report;

import java.nio.charset.StandardCharsets;

/**
 * Text of a script in messages.
 */
public final class Messages {

	private Messages() {
	}

	/**
	 * Bytes that were read as a character each, as text. Control characters and what is
	 * no UTF-8 are shown as {@code \xNN}.
	 * @param latin1 a character a byte
	 * @return the text
	 */
	public static String decode(String latin1) {
		byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
		String text = new String(bytes, StandardCharsets.UTF_8);
		boolean valid = text.indexOf('\ufffd') < 0;
		String source = valid ? text : latin1;
		StringBuilder out = new StringBuilder(source.length());
		for (int i = 0; i < source.length(); i++) {
			char c = source.charAt(i);
			if (c < ' ' || c == 0x7f || !valid && c > 0x7f) {
				out.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
			}
			else {
				out.append(c);
			}
		}
		return out.toString();
	}

	/**
	 * A number with its noun.
	 * @param n the number
	 * @param noun the noun in the singular
	 * @return the words, such as {@code no keys}
	 */
	public static String count(int n, String noun) {
		String number = (n == 0) ? "no" : String.valueOf(n);
		return number + " " + noun + ((n == 1) ? "" : "s");
	}

}
