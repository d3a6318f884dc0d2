package io.github.redislua.execute;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.KeyValue;

import io.github.redislua.codec.MapReply;

/**
 * Sends commands through Jedis, on a connection of the pool that Spring Data Redis keeps.
 */
final class JedisTransport implements ScriptTransport {

	private static final Log logger = LogFactory.getLog(JedisTransport.class);

	private static final Executor DISPOSAL = disposal();

	private static final byte[] PONG = Resp.ascii("PONG");

	private final JedisConnectionFactory factory;

	private final JedisArgumentsCache cache = new JedisArgumentsCache();

	private volatile @Nullable Access access;

	JedisTransport(JedisConnectionFactory factory) {
		this.factory = factory;
	}

	@Override
	public @Nullable Object send(ScriptCall call) {
		Duration timeout = call.options().timeout();
		JedisArguments arguments = this.cache.take().of(call);
		try {
			Object reply = switch (access()) {
				case JEDIS -> {
					Jedis jedis = JedisClientAccess.fetchJedis(this.factory);
					try {
						yield exchange(jedis.getConnection(), arguments, timeout);
					}
					finally {
						release(jedis, jedis.isBroken(), timeout);
					}
				}
				case UNIFIED -> {
					Connection connection = JedisClientAccess.connectionProvider(this.factory).getConnection();
					try {
						yield exchange(connection, arguments, timeout);
					}
					finally {
						release(connection, connection.isBroken(), timeout);
					}
				}
				case ORDINARY -> ordinary(List.<byte[][]>of(call.toArguments())).get(0);
			};
			this.cache.giveBack(arguments);
			return reply;
		}
		catch (RuntimeException ex) {
			throw translate(ex);
		}
	}

	@Override
	public List<@Nullable Object> pipeline(@Nullable Duration timeout, List<byte[][]> commands) {
		try {
			return switch (access()) {
				case JEDIS -> {
					Jedis jedis = JedisClientAccess.fetchJedis(this.factory);
					try {
						yield exchangeAll(jedis.getConnection(), commands, timeout);
					}
					finally {
						release(jedis, jedis.isBroken(), timeout);
					}
				}
				case UNIFIED -> {
					Connection connection = JedisClientAccess.connectionProvider(this.factory).getConnection();
					try {
						yield exchangeAll(connection, commands, timeout);
					}
					finally {
						release(connection, connection.isBroken(), timeout);
					}
				}
				case ORDINARY -> ordinary(commands);
			};
		}
		catch (RuntimeException ex) {
			throw translate(ex);
		}
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, ScriptCall call) {
		try {
			if (connection.getNativeConnection() instanceof Jedis jedis) {
				return exchange(jedis.getConnection(), arguments(call.toArguments()), call.options().timeout());
			}
			return execute(connection, call.toArguments());
		}
		catch (RuntimeException ex) {
			throw translate(ex);
		}
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call) {
		execute(connection, call.toArguments());
	}

	private static @Nullable Object execute(RedisConnection connection, byte[][] command) {
		byte[][] arguments = Arrays.copyOfRange(command, 1, command.length);
		try {
			return neutral(connection.execute(new String(command[0], StandardCharsets.US_ASCII), arguments));
		}
		catch (RuntimeException ex) {
			if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof JedisDataException error) {
				return error(error, false);
			}
			throw ex;
		}
	}

	@Override
	public String node() {
		RedisSentinelConfiguration sentinel = this.factory.getSentinelConfiguration();
		return (sentinel != null) ? Nodes.master(sentinel) : this.factory.getHostName() + ":" + this.factory.getPort();
	}

	@Override
	public boolean isAsynchronous() {
		return false;
	}

	private static Executor disposal() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "redis-lua-disposal");
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private Access access() {
		Access access = this.access;
		if (access == null) {
			access = determineAccess();
			this.access = access;
		}
		return access;
	}

	// Spring Data Redis 4.1 has both kinds of client, and a setting that chooses.
	private Access determineAccess() {
		RedisConnection connection = this.factory.getConnection();
		try {
			boolean jedis = connection.getNativeConnection() instanceof Jedis;
			if (connection instanceof JedisConnection && JedisClientAccess.supported(!jedis)) {
				return jedis ? Access.JEDIS : Access.UNIFIED;
			}
			return Access.ORDINARY;
		}
		finally {
			connection.close();
		}
	}

	// Since 2.13 Commons Pool replaces a broken connection at once, and the handshake
	// with
	// a server that does not answer may take longer than the caller is ready to wait.
	private static void release(Closeable lease, boolean broken, @Nullable Duration timeout) {
		if (broken && timeout != null) {
			DISPOSAL.execute(() -> close(lease));
		}
		else {
			close(lease);
		}
	}

	private static void close(Closeable lease) {
		try {
			lease.close();
		}
		catch (IOException | RuntimeException ex) {
			// The call has its outcome already; the pool does without the connection.
			logger.debug("Cannot give a connection back", ex);
		}
	}

	private static @Nullable Object exchange(Connection connection, CommandArguments arguments,
			@Nullable Duration timeout) {
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

	private static List<@Nullable Object> exchangeAll(Connection connection, List<byte[][]> commands,
			@Nullable Duration timeout) {
		int defaultTimeout = start(connection, timeout);
		boolean inStep = false;
		try {
			List<@Nullable Object> replies = new ArrayList<>(commands.size());
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
			return replies;
		}
		finally {
			end(connection, inStep, timeout, defaultTimeout);
		}
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
		try {
			return neutral(connection.getOne());
		}
		catch (JedisDataException ex) {
			// Jedis stops reading at an error inside a RESP3 map, and the rest of the map
			// would be the reply of the next call. Nothing tells it from an error reply.
			if (isResp3(connection) && !isInStep(connection)) {
				connection.setBroken();
				return error(ex, true);
			}
			return error(ex, false);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			// Jedis takes an error that begins with MOVED or ASK for a redirection, and
			// stops
			// reading where it finds no address in it.
			connection.setBroken();
			return new ErrorReply(
					"ERR the script answered with an error that begins with MOVED or ASK, " + "which Jedis cannot read",
					true, ex);
		}
	}

	private static boolean isResp3(Connection connection) {
		return connection.getRedisProtocol() == RedisProtocol.RESP3;
	}

	private static boolean isInStep(Connection connection) {
		connection.sendCommand(Protocol.Command.PING);
		try {
			return connection.getOne() instanceof byte[] reply && Arrays.equals(reply, PONG);
		}
		catch (JedisDataException ex) {
			return false;
		}
	}

	// One round trip for each command, on Spring Data Redis' connection.
	private List<@Nullable Object> ordinary(List<byte[][]> commands) {
		RedisConnection connection = this.factory.getConnection();
		try {
			List<@Nullable Object> replies = new ArrayList<>(commands.size());
			for (byte[][] command : commands) {
				replies.add(execute(connection, command));
			}
			return replies;
		}
		finally {
			connection.close();
		}
	}

	private RuntimeException translate(RuntimeException ex) {
		if (ex instanceof DataAccessException) {
			return ex;
		}
		RuntimeException translated = this.factory.translateExceptionIfPossible(ex);
		return (translated != null) ? translated : new RedisSystemException(String.valueOf(ex.getMessage()), ex);
	}

	private static int millis(Duration timeout) {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
	}

	private static CommandArguments arguments(byte[][] command) {
		CommandArguments arguments = new CommandArguments(() -> command[0]);
		for (int i = 1; i < command.length; i++) {
			arguments.add(command[i]);
		}
		return arguments;
	}

	private static ErrorReply error(JedisDataException ex, boolean nested) {
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

	private enum Access {

		/** A {@code Jedis} object for each call. */
		JEDIS,

		/** A {@code UnifiedJedis} with a pool of connections in it. */
		UNIFIED,

		/** Neither can be reached: through Spring Data Redis' connection objects. */
		ORDINARY

	}

}
