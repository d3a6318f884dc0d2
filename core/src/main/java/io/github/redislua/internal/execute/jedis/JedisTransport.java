package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.call.ServerNames;

/**
 * One server through Jedis, on a connection of the pool that Spring Data Redis keeps.
 */
public final class JedisTransport implements ScriptTransport {

	private final JedisConnectionFactory factory;

	private final String name;

	private final JedisArgumentsCache cache = new JedisArgumentsCache();

	// A monitor would pin the virtual threads that connect, and those that wait for them.
	private final Lock connecting = new ReentrantLock();

	private final ScriptNode ordinary;

	// Weak, because it leads back to the pipeline. The replies hold it.
	private final Map<AbstractPipeline, WeakReference<JedisPipelineHealing>> healings = Collections
		.synchronizedMap(new WeakHashMap<>());

	private volatile @Nullable ScriptNode server;

	public JedisTransport(JedisConnectionFactory factory) {
		this.factory = factory;
		RedisSentinelConfiguration sentinel = factory.getSentinelConfiguration();
		this.name = (sentinel != null) ? ServerNames.master(sentinel) : factory.getHostName() + ":" + factory.getPort();
		this.ordinary = new OrdinaryServer();
	}

	@Override
	public ScriptNode route(ScriptCall call) {
		return server();
	}

	private ScriptNode server() {
		ScriptNode server = this.server;
		return (server != null) ? server : determineServerOnce();
	}

	private ScriptNode determineServerOnce() {
		this.connecting.lock();
		try {
			ScriptNode server = this.server;
			return (server != null) ? server : determineServer();
		}
		finally {
			this.connecting.unlock();
		}
	}

	// Spring Data Redis 4.1 has both kinds of client, and a setting that chooses.
	private ScriptNode determineServer() {
		ScriptNode server;
		RedisConnection connection = this.factory.getConnection();
		try {
			boolean jedis = connection.getNativeConnection() instanceof Jedis;
			boolean supported = connection instanceof JedisConnection && JedisAccess.supported(!jedis);
			server = supported ? new Server(jedis) : this.ordinary;
		}
		finally {
			connection.close();
		}
		this.server = server;
		return server;
	}

	// Without asking the pool, whose only connection the pipeline may be on.
	@Override
	public ScriptNode destination(RedisConnection connection, ScriptCall call) {
		ScriptNode server = this.server;
		return (server != null) ? server : this.ordinary;
	}

	@Override
	public ScriptNode redirect(Redirection redirection) {
		throw new IllegalStateException("Only a cluster redirects");
	}

	@Override
	public void outdated() {
		// Jedis is told by the sentinels.
	}

	@Override
	public List<PreloadTarget> nodes() {
		return List.of(new PreloadTarget(server(), false));
	}

	@Override
	public String description() {
		return this.name;
	}

	@Override
	public boolean isCluster() {
		return false;
	}

	@Override
	public long timeout() {
		return TimeUnit.MILLISECONDS.toNanos(this.factory.getTimeout());
	}

	// A client of Spring Data Redis 4.1 takes a connection for each command, and keeps
	// one
	// for WATCH only.
	@Override
	public boolean isPinned(RedisConnection connection) {
		return held(connection) != null || server() == this.ordinary;
	}

	private static @Nullable Connection held(RedisConnection connection) {
		if (connection.getNativeConnection() instanceof Jedis jedis) {
			return jedis.getConnection();
		}
		return (connection instanceof JedisConnection jedis) ? JedisAccess.held(jedis) : null;
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, @Nullable Duration timeout, byte[][] command) {
		try {
			Connection held = held(connection);
			return (held != null) ? JedisExchange.exchange(held, JedisExchange.arguments(command), timeout)
					: execute(connection, command);
		}
		catch (RuntimeException ex) {
			throw JedisNode.translate(this.factory, ex);
		}
	}

	@Override
	public @Nullable Object openBatch(RedisConnection connection) {
		return (connection instanceof JedisConnection jedis) ? JedisAccess.openBatch(jedis) : null;
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call, Runnable healed) {
		if (connection instanceof JedisConnection jedis && jedis.isPipelined() && !jedis.isQueueing()
				&& JedisAccess.openBatch(jedis) instanceof AbstractPipeline pipeline && JedisAccess.canRegister()) {
			JedisAccess.register(jedis, healing(pipeline).add(call, healed));
		}
		else {
			execute(connection, call.toArguments());
		}
		// When the command is out: sending may have connected anew.
		Connection held = held(connection);
		if (held != null) {
			JedisReplyGuard.guard(held);
		}
	}

	private JedisPipelineHealing healing(AbstractPipeline pipeline) {
		WeakReference<JedisPipelineHealing> reference = this.healings.get(pipeline);
		JedisPipelineHealing healing = (reference != null) ? reference.get() : null;
		if (healing == null) {
			healing = new JedisPipelineHealing(pipeline);
			this.healings.put(pipeline, new WeakReference<>(healing));
		}
		return healing;
	}

	private static @Nullable Object execute(RedisConnection connection, byte[][] command) {
		byte[][] arguments = Arrays.copyOfRange(command, 1, command.length);
		try {
			return JedisExchange
				.neutral(connection.execute(new String(command[0], StandardCharsets.US_ASCII), arguments));
		}
		catch (RuntimeException ex) {
			if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof JedisDataException error) {
				return JedisExchange.error(error, false);
			}
			throw ex;
		}
	}

	@Override
	public boolean isAsynchronous() {
		return false;
	}

	/**
	 * The server, by connections from the pool.
	 */
	private final class Server extends JedisNode {

		private final boolean jedis;

		Server(boolean jedis) {
			super(JedisTransport.this.name, JedisTransport.this.factory, JedisTransport.this.cache);
			this.jedis = jedis;
		}

		@Override
		public Closeable borrow() {
			JedisConnectionFactory factory = JedisTransport.this.factory;
			return this.jedis ? JedisAccess.fetchJedis(factory)
					: JedisAccess.connectionProvider(factory).getConnection();
		}

	}

	/**
	 * The server, by the connection objects of Spring Data Redis: one round trip for each
	 * command, where the pool cannot be reached.
	 */
	private final class OrdinaryServer extends ScriptNode {

		OrdinaryServer() {
			super(JedisTransport.this.name);
		}

		@Override
		public @Nullable Object send(ScriptCall call) {
			return sendAll(null, List.<byte[][]>of(call.toArguments())).get(0);
		}

		@Override
		public List<@Nullable Object> sendAll(@Nullable Duration timeout, List<byte[][]> commands) {
			RedisConnection connection = JedisTransport.this.factory.getConnection();
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

	}

}
