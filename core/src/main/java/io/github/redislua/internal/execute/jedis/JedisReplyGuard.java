package io.github.redislua.internal.execute.jedis;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.SocketTimeoutException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

import io.github.redislua.internal.execute.call.ErrorReply;

/**
 * What Jedis reads replies from, so that it reads each of them to its end and in time.
 * <p>
 * Jedis cannot read every error: it takes an empty one for the end of the connection, and
 * stops where one begins with {@code MOVED} or {@code ASK} and names no address. Such
 * errors get a mark that keeps Jedis from looking at them; {@link #text} takes it away.
 * Jedis also stops at any error inside a map of RESP3. What is left of the reply would
 * become the reply to other commands, and of other callers on the same connection, so the
 * connection fails there, as if it had been cut, and Jedis throws it away.
 * <p>
 * A socket's timeout is for a single read, and a reply may take many. From the second one
 * on the time that is left is set anew.
 */
final class JedisReplyGuard extends RedisInputStream {

	/**
	 * The mark: it has no width.
	 */
	private static final char MARK = '\u2060';

	private static final int ARRAY = 0;

	private static final int MAP = 1;

	private final Source source;

	// The elements that are to come, for each reply that others are in; doubled, with the
	// lowest bit for maps.
	private long[] open = new long[8];

	private int depth;

	private byte type;

	private int generation = -1;

	private JedisReplyGuard(Source source) {
		super(source);
		this.source = source;
	}

	/**
	 * Guards a connection from now on. To be called before the replies are read.
	 * @param connection the connection
	 * @return the guard, {@code null} if it cannot be guarded
	 */
	static @Nullable JedisReplyGuard guard(Connection connection) {
		if (!JedisAccess.canReplaceInput()) {
			return null;
		}
		RedisInputStream input = JedisAccess.input(connection);
		if (input == null) {
			return null;
		}
		if (input instanceof JedisReplyGuard guard) {
			return guard;
		}
		JedisReplyGuard guard = over(input);
		JedisAccess.input(connection, guard);
		return guard;
	}

	// Not over the socket's stream: the other one may have read ahead.
	static JedisReplyGuard over(RedisInputStream input) {
		return new JedisReplyGuard(new Source(input));
	}

	/**
	 * Whether the connection is from a generation; the first one that asks decides.
	 * @param generation the generation, not negative
	 * @return {@code true} if so
	 */
	boolean belongsTo(int generation) {
		if (this.generation < 0) {
			this.generation = generation;
		}
		return this.generation == generation;
	}

	/**
	 * Has the reads after the first one end at a point in time.
	 * @param connection the connection
	 * @param until when, as {@link System#nanoTime()} counts
	 */
	void endAt(Connection connection, long until) {
		this.source.until = until;
		this.source.reads = 0;
		this.source.connection = connection;
	}

	void endAnyTime() {
		this.source.connection = null;
	}

	/**
	 * The text of an error that Jedis made an exception of.
	 * @param message the exception's message
	 * @return the text as the server sent it
	 */
	static String text(@Nullable String message) {
		if (message == null) {
			return "";
		}
		return (!message.isEmpty() && message.charAt(0) == MARK) ? message.substring(1) : JedisText.decode(message);
	}

	// Called for the type of a value, and for the end of the line after a bulk string.
	@Override
	public byte readByte() {
		byte read = super.readByte();
		if (read != '\r' && read != '\n') {
			this.type = read;
			// An error counts when it has been read, an aggregate with its elements.
			if (read != '-' && !isAggregate(read)) {
				count();
			}
		}
		return read;
	}

	@Override
	public int readIntCrLf() {
		int size = super.readIntCrLf();
		if (isAggregate(this.type)) {
			boolean map = this.type == '%';
			this.type = 0;
			if (size > 0) {
				open(map ? 2L * size : size, map ? MAP : ARRAY);
			}
			else {
				count();
			}
		}
		return size;
	}

	@Override
	public String readLine() {
		// The numbers of RESP3 are read by lines, too.
		if (this.type != '-') {
			return super.readLine();
		}
		this.type = 0;
		String line = error();
		if (this.depth > 0 && (this.open[this.depth - 1] & MAP) != 0) {
			throw new UnreadableReplyException(line);
		}
		count();
		return isReadable(line) ? line : MARK + line;
	}

	private String error() {
		byte[] line = readLineBytes();
		return JedisText.utf8(line);
	}

	private void open(long elements, int kind) {
		if (this.depth == this.open.length) {
			this.open = Arrays.copyOf(this.open, 2 * this.depth);
		}
		this.open[this.depth++] = 2 * elements + kind;
	}

	private void count() {
		while (this.depth > 0) {
			this.open[this.depth - 1] -= 2;
			if (this.open[this.depth - 1] >= 2) {
				return;
			}
			this.depth--;
		}
	}

	private static boolean isAggregate(byte type) {
		return type == '*' || type == '~' || type == '>' || type == '%';
	}

	private static boolean isReadable(String error) {
		if (error.isEmpty()) {
			return false;
		}
		if (!looksLikeRedirection(error)) {
			return !JedisText.isDecodable(error) && error.charAt(0) != MARK;
		}
		try {
			// As Jedis does it.
			String[] words = error.split(" ");
			HostAndPort.from(words[2]);
			Integer.parseInt(words[1]);
			return true;
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return false;
		}
	}

	private static boolean looksLikeRedirection(String error) {
		return error.startsWith("MOVED ") || error.startsWith("ASK ");
	}

	/**
	 * The stream that Jedis made, and when to stop reading from it.
	 */
	private static final class Source extends InputStream {

		private final RedisInputStream in;

		private @Nullable Connection connection;

		private long until;

		private int reads;

		Source(RedisInputStream in) {
			this.in = in;
		}

		@Override
		public int read() {
			return this.in.readByte() & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			Connection connection = this.connection;
			if (connection != null && this.reads++ > 0) {
				int left = JedisExchange.millis(this.until);
				if (left <= 0) {
					throw new SocketTimeoutException("The reply did not end in time");
				}
				connection.setSoTimeout(left);
			}
			return this.in.read(bytes, offset, length);
		}

		@Override
		public int available() throws IOException {
			return this.in.available();
		}

		@Override
		public void close() throws IOException {
			this.in.close();
		}

	}

	/**
	 * An error in a reply that Jedis would lose its place at. Of the kind that has Jedis
	 * give the connection up.
	 */
	static final class UnreadableReplyException extends JedisConnectionException {

		@Serial
		private static final long serialVersionUID = 1L;

		private final String error;

		UnreadableReplyException(String error) {
			super("Jedis cannot read a reply with this error in it: " + error
					+ ". The connection is closed; the replies are lost, but the commands may have run");
			this.error = error;
		}

		/**
		 * The error as a reply.
		 * @return the error reply
		 */
		ErrorReply reply() {
			return new ErrorReply(this.error, true, this);
		}

	}

}
