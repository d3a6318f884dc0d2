package io.github.redislua.internal.execute.jedis;

import java.io.InputStream;
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.Deque;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

import io.github.redislua.internal.execute.call.ErrorReply;

/**
 * What Jedis reads replies from in RESP3, in a pipeline and in a transaction. An error
 * inside a reply can have Jedis stop in the middle of it: inside a map of RESP3, or where
 * the error begins with {@code MOVED} or {@code ASK} and names no address. What is left
 * would become the reply to other commands, and of other callers on the same connection.
 * So the connection fails at such an error, as if it had been cut, and Jedis throws it
 * away.
 */
final class JedisReplyGuard extends RedisInputStream {

	private final Deque<Aggregate> open = new ArrayDeque<>();

	private byte type;

	private JedisReplyGuard(InputStream in) {
		super(in);
	}

	/**
	 * Guards a connection from now on. To be called before the replies are read.
	 * @param connection the connection
	 * @return {@code false} if it cannot be guarded
	 */
	static boolean guard(Connection connection) {
		if (!JedisAccess.canReplaceInput()) {
			return false;
		}
		RedisInputStream input = JedisAccess.input(connection);
		if (input == null) {
			return false;
		}
		if (!(input instanceof JedisReplyGuard)) {
			// Not the socket's stream: the other one may have read ahead.
			JedisAccess.input(connection, new JedisReplyGuard(input));
		}
		return true;
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
				this.open.push(new Aggregate(map, map ? 2L * size : size));
			}
			else {
				count();
			}
		}
		return size;
	}

	@Override
	public String readLine() {
		String line = super.readLine();
		// The numbers of RESP3 are read by lines, too.
		if (this.type == '-') {
			this.type = 0;
			Aggregate inside = this.open.peek();
			if ((inside != null && inside.map) || !isReadable(line)) {
				throw new UnreadableReplyException(line);
			}
			count();
		}
		return line;
	}

	private void count() {
		while (!this.open.isEmpty() && --this.open.element().left == 0) {
			this.open.pop();
		}
	}

	private static boolean isAggregate(byte type) {
		return type == '*' || type == '~' || type == '>' || type == '%';
	}

	private static boolean isReadable(String error) {
		if (!looksLikeRedirection(error)) {
			return true;
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
	 * A reply, or a part of one, that has elements to come.
	 */
	private static final class Aggregate {

		private final boolean map;

		private long left;

		Aggregate(boolean map, long left) {
			this.map = map;
			this.left = left;
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
			return looksLikeRedirection(this.error) ? JedisExchange.unreadableRedirection(this)
					: new ErrorReply(this.error, true, this);
		}

	}

}
