package io.github.redislua.internal.execute.jedis;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * The texts of errors. Jedis makes a {@code char} of each byte of such a text, which is
 * undone here, and takes an error without a text for the end of the connection. Whether
 * the version that is there does so is tried out.
 */
final class JedisText {

	/**
	 * The first {@code char} that Jedis makes of a byte that is not ASCII.
	 */
	private static final char FIRST = '\uFF80';

	private static final boolean BYTES = !"\u00e9".equals(read("-\u00e9\r\n").getMessage());

	private static final @Nullable String EMPTY = emptyError();

	private JedisText() {
	}

	/**
	 * The text of an error that Jedis has read.
	 * @param message what it made of it
	 * @return the text as the server sent it
	 */
	static String decode(String message) {
		if (!BYTES || !isDecodable(message)) {
			return message;
		}
		byte[] bytes = new byte[message.length()];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) message.charAt(i);
		}
		return utf8(bytes);
	}

	/**
	 * Whether a text may be one that has a {@code char} for each byte.
	 * @param text the text
	 * @return {@code false} if it is one that is right as it is
	 */
	static boolean isDecodable(String text) {
		boolean decodable = false;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character >= FIRST) {
				decodable = true;
			}
			else if (character >= 0x80) {
				return false;
			}
		}
		return decodable;
	}

	static String utf8(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/**
	 * Whether it was an error without a text that Jedis took for the end of a connection.
	 * @param ex what Jedis says
	 * @return {@code true} if the connection was not closed
	 */
	static boolean isEmptyError(JedisException ex) {
		return EMPTY != null && ex instanceof JedisConnectionException && EMPTY.equals(ex.getMessage());
	}

	private static @Nullable String emptyError() {
		JedisException ex = read("-\r\n");
		return (ex instanceof JedisConnectionException) ? ex.getMessage() : null;
	}

	private static JedisException read(String reply) {
		try {
			Object value = Protocol
				.read(new RedisInputStream(new ByteArrayInputStream(reply.getBytes(StandardCharsets.UTF_8))));
			throw new IllegalStateException("Jedis reads an error as " + value);
		}
		catch (JedisException ex) {
			return ex;
		}
	}

}
