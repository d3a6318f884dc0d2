package io.github.redislua.internal.execute.jedis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
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

	private static final byte[] PONG = Resp.ascii("PONG");

	private JedisExchange() {
	}

	/**
	 * Sends one command and waits for its reply.
	 * @param connection the connection
	 * @param arguments the command
	 * @param timeout how long to wait, {@code null} for the connection's own timeout
	 * @return the neutral reply or an {@link ErrorReply}
	 */
	static @Nullable Object exchange(Connection connection, CommandArguments arguments, @Nullable Duration timeout) {
		int defaultTimeout = start(connection, timeout);
		boolean inStep = false;
		try {
			connection.sendCommand(arguments);
			Object reply = receive(connection);
			inStep = true;
			return reply;
		}
		finally {
			end(connection, inStep, timeout, defaultTimeout);
		}
	}

	/**
	 * Sends commands in one trip.
	 * @param connection the connection
	 * @param commands the commands
	 * @param timeout how long to wait for each reply, {@code null} for the connection's
	 * own timeout
	 * @return the replies; the exception in place of those that did not come
	 */
	static List<@Nullable Object> exchangeAll(Connection connection, List<byte[][]> commands,
			@Nullable Duration timeout) {
		int defaultTimeout = start(connection, timeout);
		boolean inStep = false;
		List<@Nullable Object> replies = new ArrayList<>(commands.size());
		try {
			// RESP3 one by one: see receive().
			boolean together = !isResp3(connection);
			for (byte[][] command : commands) {
				connection.sendCommand(arguments(command));
				if (!together) {
					replies.add(receive(connection));
				}
			}
			while (replies.size() < commands.size()) {
				replies.add(receive(connection));
			}
			inStep = true;
		}
		catch (JedisException ex) {
			while (replies.size() < commands.size()) {
				replies.add(ex);
			}
		}
		finally {
			end(connection, inStep, timeout, defaultTimeout);
		}
		return replies;
	}

	private static int start(Connection connection, @Nullable Duration timeout) {
		int defaultTimeout = connection.getSoTimeout();
		if (timeout != null) {
			connection.setSoTimeout(millis(timeout));
		}
		return defaultTimeout;
	}

	// Whatever was thrown: a reply that was not read to its end must not become the reply
	// of the next caller.
	private static void end(Connection connection, boolean inStep, @Nullable Duration timeout, int defaultTimeout) {
		if (!inStep) {
			connection.setBroken();
		}
		else if (timeout != null && !connection.isBroken()) {
			try {
				connection.setSoTimeout(defaultTimeout);
			}
			catch (JedisException ex) {
				// The reply is there; the connection is not used again.
				connection.setBroken();
			}
		}
	}

	private static @Nullable Object receive(Connection connection) {
		// Jedis stops reading at an error inside a RESP3 map, and the rest of the map
		// would
		// be the reply of the next call.
		boolean mayStop = isResp3(connection) && !JedisReplyGuard.guard(connection);
		try {
			Object reply = neutral(connection.getOne());
			return (mayStop && reply instanceof ErrorReply error) ? inStep(connection, error) : reply;
		}
		catch (JedisDataException ex) {
			ErrorReply error = error(ex, false);
			return mayStop ? inStep(connection, error) : error;
		}
		catch (UnreadableReplyException ex) {
			// It is also guarded if it was used for a pipeline before.
			return ex.reply();
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

	private static int millis(Duration timeout) {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
	}

	static CommandArguments arguments(byte[][] command) {
		CommandArguments arguments = new CommandArguments(() -> command[0]);
		for (int i = 1; i < command.length; i++) {
			arguments.add(command[i]);
		}
		return arguments;
	}

	static ErrorReply error(JedisDataException ex, boolean nested) {
		return new ErrorReply(String.valueOf(ex.getMessage()), nested, ex);
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
