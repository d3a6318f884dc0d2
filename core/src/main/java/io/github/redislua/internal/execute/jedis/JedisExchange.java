package io.github.redislua.internal.execute.jedis;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.KeyValue;

import io.github.redislua.internal.codec.MapReply;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.jedis.JedisReplyGuard.UnreadableReplyException;

/**
 * Sends commands on a connection of Jedis and reads the replies.
 */
final class JedisExchange {

	/** So long the time limit of the socket stays as it was set. */
	private static final long ARMED = TimeUnit.MILLISECONDS.toNanos(10);

	private static final byte[] PONG = Resp.ascii("PONG");

	/**
	 * What a socket takes at once, whatever the server does.
	 */
	private static final int SMALL = 16 * 1024;

	private static final Runnable NOTHING = () -> {
	};

	private JedisExchange() {
	}

	/**
	 * Sends one command and waits for its reply.
	 * @param connection the connection
	 * @param arguments the command
	 * @param size about how many bytes the command has
	 * @param until when to stop waiting, as {@link System#nanoTime()} counts
	 * @return the neutral reply or an {@link ErrorReply}
	 */
	static @Nullable Object exchange(Connection connection, CommandArguments arguments, long size, long until) {
		int timeout = start(connection, until);
		Runnable watch = watch(connection, size, until);
		boolean inStep = false;
		try {
			connection.sendCommand(arguments);
			Object reply = receive(connection, until);
			inStep = true;
			return reply;
		}
		finally {
			end(connection, inStep, timeout, watch);
		}
	}

	/**
	 * Sends commands in one trip.
	 * @param connection the connection
	 * @param commands the commands
	 * @param until when to stop waiting, as above
	 * @return the replies; the exception in place of those that did not come
	 */
	static List<@Nullable Object> exchangeAll(Connection connection, List<byte[][]> commands, long until) {
		int timeout = start(connection, until);
		Runnable watch = watch(connection, size(commands), until);
		boolean inStep = false;
		List<@Nullable Object> replies = new ArrayList<>(commands.size());
		try {
			// RESP3 one by one: see receive().
			boolean together = !isResp3(connection);
			for (byte[][] command : commands) {
				connection.sendCommand(arguments(command));
				if (!together) {
					replies.add(receive(connection, until));
				}
			}
			long armed = System.nanoTime();
			while (replies.size() < commands.size()) {
				// What is left of the time has become less with every reply.
				if (System.nanoTime() - armed > ARMED) {
					connection.setSoTimeout(Math.max(1, millis(until)));
					armed = System.nanoTime();
				}
				replies.add(receive(connection, until));
			}
			inStep = true;
		}
		catch (RuntimeException ex) {
			while (replies.size() < commands.size()) {
				replies.add(ex);
			}
		}
		finally {
			end(connection, inStep, timeout, watch);
		}
		return replies;
	}

	// Usually that is the client's own timeout, which is set already.
	private static int start(Connection connection, long until) {
		int timeout = connection.getSoTimeout();
		int left = millis(until);
		if (left != timeout && (timeout != 0 || left != Integer.MAX_VALUE)) {
			connection.setSoTimeout(Math.max(1, left));
		}
		return timeout;
	}

	// No timeout ends a write to a server that does not read.
	private static Runnable watch(Connection connection, long size, long until) {
		if (size <= SMALL || millis(until) == Integer.MAX_VALUE) {
			return NOTHING;
		}
		Socket socket = JedisAccess.socket(connection);
		return (socket != null) ? JedisThreads.at(until, () -> close(socket)) : NOTHING;
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Whoever writes to it is told as well.
		}
	}

	// Whatever was thrown: a reply that was not read to its end must not become the reply
	// of the next caller.
	private static void end(Connection connection, boolean inStep, int timeout, Runnable watch) {
		watch.run();
		if (!inStep) {
			connection.setBroken();
		}
		else if (!connection.isBroken() && connection.getSoTimeout() != timeout) {
			try {
				connection.setSoTimeout(timeout);
			}
			catch (JedisException ex) {
				// The reply is there; the connection is not used again.
				connection.setBroken();
			}
		}
	}

	private static @Nullable Object receive(Connection connection, long until) {
		// Not earlier: sending may have connected anew.
		JedisReplyGuard guard = JedisReplyGuard.guard(connection);
		if (guard == null) {
			return receiveUnguarded(connection);
		}
		guard.endAt(connection, until);
		try {
			return neutral(connection.getOne());
		}
		catch (JedisDataException ex) {
			return error(ex, false);
		}
		catch (UnreadableReplyException ex) {
			return ex.reply();
		}
		finally {
			guard.endAnyTime();
		}
	}

	private static @Nullable Object receiveUnguarded(Connection connection) {
		// Jedis stops reading at an error inside a RESP3 map, and the rest of the map
		// would be the reply of the next call.
		boolean mayStop = isResp3(connection);
		try {
			Object reply = neutral(connection.getOne());
			return (mayStop && reply instanceof ErrorReply error) ? inStep(connection, error) : reply;
		}
		catch (JedisDataException ex) {
			ErrorReply error = error(ex, false);
			return mayStop ? inStep(connection, error) : error;
		}
		catch (JedisConnectionException ex) {
			if (JedisText.isEmptyError(ex)) {
				connection.setBroken();
				return new ErrorReply("", true, ex);
			}
			throw ex;
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			// Jedis takes an error that begins with MOVED or ASK for a redirection, and
			// stops reading where it finds no address in it.
			connection.setBroken();
			return unreadableRedirection(ex);
		}
	}

	static ErrorReply unreadableRedirection(RuntimeException ex) {
		return new ErrorReply(
				"ERR the script answered with an error that begins with MOVED or ASK, which Jedis cannot read", true,
				ex);
	}

	private static boolean isResp3(Connection connection) {
		return connection.getRedisProtocol() == RedisProtocol.RESP3;
	}

	// Nothing else tells an error in a map from an error reply.
	private static ErrorReply inStep(Connection connection, ErrorReply error) {
		connection.sendCommand(Protocol.Command.PING);
		try {
			if (connection.getOne() instanceof byte[] reply && Arrays.equals(reply, PONG)) {
				return error;
			}
		}
		catch (JedisDataException ex) {
			// As below.
		}
		connection.setBroken();
		return new ErrorReply(error.text(), true, error.cause());
	}

	/**
	 * The time that is left.
	 * @param until a point in time, as {@link System#nanoTime()} counts
	 * @return milliseconds, rounded up, 0 if none is left, {@link Integer#MAX_VALUE} if
	 * there is more than that
	 */
	static int millis(long until) {
		long nanos = until - System.nanoTime();
		if (nanos <= 0) {
			return 0;
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		return (int) Math.min(Integer.MAX_VALUE, (TimeUnit.MILLISECONDS.toNanos(millis) < nanos) ? millis + 1 : millis);
	}

	static CommandArguments arguments(byte[][] command) {
		CommandArguments arguments = new CommandArguments(() -> command[0]);
		for (int i = 1; i < command.length; i++) {
			arguments.add(command[i]);
		}
		return arguments;
	}

	private static long size(List<byte[][]> commands) {
		long size = 0;
		for (byte[][] command : commands) {
			size += size(command);
		}
		return size;
	}

	static long size(byte[][] values) {
		long size = 0;
		for (byte[] value : values) {
			size += value.length;
		}
		return size;
	}

	static ErrorReply error(JedisDataException ex, boolean nested) {
		return new ErrorReply(JedisReplyGuard.text(ex.getMessage()), nested, ex);
	}

	/**
	 * Jedis leaves an error inside an array as an exception object and a map as a list of
	 * pairs.
	 * @param reply what Jedis read
	 * @return the neutral reply, or the first error in it
	 */
	static @Nullable Object neutral(@Nullable Object reply) {
		if (reply instanceof List<?> list) {
			return neutral(list);
		}
		if (reply instanceof JedisDataException ex) {
			return error(ex, true);
		}
		return reply;
	}

	private static Object neutral(List<?> list) {
		// An empty map is the only empty list of another class.
		boolean map = list.isEmpty() ? list.getClass() != ArrayList.class : list.get(0) instanceof KeyValue;
		if (map) {
			return neutralMap(list);
		}
		List<@Nullable Object> elements = new ArrayList<>(list.size());
		for (Object element : list) {
			Object value = neutral(element);
			if (value instanceof ErrorReply error) {
				return error;
			}
			elements.add(value);
		}
		return elements;
	}

	private static Object neutralMap(List<?> list) {
		List<@Nullable Object> entries = new ArrayList<>(list.size() * 2);
		for (Object element : list) {
			KeyValue<?, ?> entry = (KeyValue<?, ?>) element;
			Object field = neutral(entry.getKey());
			Object value = neutral(entry.getValue());
			if (field instanceof ErrorReply error) {
				return error;
			}
			if (value instanceof ErrorReply error) {
				return error;
			}
			entries.add(field);
			entries.add(value);
		}
		return new MapReply(entries);
	}

}
