package io.github.redislua.internal.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a text or of bytes for a message: quoted, on one line, printable, and
 * never longer than {@value #LENGTH} characters between the quotes.
 */
public final class Excerpt {

	private static final int LENGTH = 64;

	// No character needs more bytes than four.
	private static final int BYTES = 4 * LENGTH;

	private Excerpt() {
	}

	public static String of(String text) {
		return quote(text, '"');
	}

	/**
	 * The name of a field, in single quotes.
	 * @param name the name
	 * @return the quoted name
	 */
	public static String name(Object name) {
		return quote(name.toString(), '\'');
	}

	/**
	 * A text of harmless characters, without quotes.
	 * @param text the text
	 * @return its beginning
	 */
	public static String abbreviate(String text) {
		return (text.length() > LENGTH) ? text.substring(0, LENGTH) + "..." : text;
	}

	/**
	 * The beginning of a text on one line, printable, without quotes.
	 * @param text the text
	 * @return its beginning
	 */
	public static String line(String text) {
		StringBuilder excerpt = new StringBuilder();
		int room = LENGTH;
		int index = 0;
		while (index < text.length()) {
			int codePoint = text.codePointAt(index);
			String escaped = escape(codePoint);
			if (escaped.length() > room) {
				break;
			}
			excerpt.append(escaped);
			room -= escaped.length();
			index += Character.charCount(codePoint);
		}
		return excerpt.append((index < text.length()) ? "..." : "").toString();
	}

	private static String quote(String text, char quote) {
		return quote + line(text) + quote;
	}

	public static String of(byte[] bytes) {
		CharBuffer text = CharBuffer.allocate(BYTES);
		// The last character may be cut, so that is not the end of the input.
		boolean malformed = StandardCharsets.UTF_8.newDecoder()
			.decode(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, BYTES)), text, bytes.length <= BYTES)
			.isError();
		String excerpt = (malformed) ? binary(bytes) : of(text.flip().toString());
		return (excerpt.endsWith("...\"")) ? excerpt + " of " + bytes.length + " bytes" : excerpt;
	}

	private static String binary(byte[] bytes) {
		StringBuilder excerpt = new StringBuilder("\"");
		int room = LENGTH;
		int index = 0;
		while (index < bytes.length) {
			int each = bytes[index] & 0xFF;
			String escaped = (each < 0x80) ? escape(each) : hex(each);
			if (escaped.length() > room) {
				break;
			}
			excerpt.append(escaped);
			room -= escaped.length();
			index++;
		}
		return excerpt.append((index < bytes.length) ? "...\"" : "\"").toString();
	}

	private static String escape(int codePoint) {
		return switch (codePoint) {
			case '"' -> "\\\"";
			case '\\' -> "\\\\";
			case '\n' -> "\\n";
			case '\r' -> "\\r";
			case '\t' -> "\\t";
			default -> isPrintable(codePoint) ? Character.toString(codePoint) : hex(codePoint);
		};
	}

	private static boolean isPrintable(int codePoint) {
		// Format characters can turn the direction of a whole log line around.
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

	private static String hex(int codePoint) {
		return (codePoint < 0x100) ? String.format("\\x%02X", codePoint) : String.format("\\u%04X", codePoint);
	}

}
