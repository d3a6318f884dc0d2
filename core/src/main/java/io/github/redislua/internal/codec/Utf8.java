package io.github.redislua.internal.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * UTF-8 without replacement characters: the JDK's {@code String} methods silently turn
 * what they cannot convert into {@code ?} or U+FFFD.
 */
public final class Utf8 {

	private static final char REPLACEMENT = '\uFFFD';

	private Utf8() {
	}

	public static byte[] encode(String text) {
		int unpaired = indexOfUnpairedSurrogate(text);
		if (unpaired >= 0) {
			throw new ArgumentException(
					"holds an unpaired surrogate at index " + unpaired + ", which has no UTF-8 form");
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The text, or null if the bytes are not UTF-8.
	 * @param bytes the bytes
	 * @return the text or null
	 */
	public static @Nullable String decode(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		// Only a text with a replacement character can have been malformed, but the
		// character may also be what was sent.
		if (text.indexOf(REPLACEMENT) < 0) {
			return text;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static int indexOfUnpairedSurrogate(String text) {
		int length = text.length();
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if (Character.isSurrogate(c)) {
				if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
					return i;
				}
				i++;
			}
		}
		return -1;
	}

}
