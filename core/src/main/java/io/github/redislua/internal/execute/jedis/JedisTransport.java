package io.github.redislua.internal.execute.jedis;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

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
import redis.clients.jedis.exceptions.JedisException;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
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

	private final JedisFailures failures;

	private final ScriptNode ordinary;

	// Weak, because it leads back to the pipeline. The replies hold it.
	private final Map<AbstractPipeline, WeakReference<JedisPipelineHealing>> healings = Collections
		.synchronizedMap(new WeakHashMap<>());

	private final AtomicReference<@Nullable ScriptNode> server = new AtomicReference<>();

	public JedisTransport(JedisConnectionFactory factory) {
		this.factory = factory;
		RedisSentinelConfiguration sentinel = factory.getSentinelConfiguration();
		this.name = (sentinel != null) ? ServerNames.master(sentinel) : factory.getHostName() + ":" + factory.getPort();
		this.failures = new JedisFailures(factory, this.name);
		this.ordinary = new JedisOrdinaryNode(this.name, factory);
	}

	@Override
	public @Nullable ScriptNode route(ScriptCall call) {
		return server();
	}

	private @Nullable ScriptNode server() {
		ScriptNode server = this.server.get();
		if (server != null || !this.factory.isRunning()) {
			return server;
		}
		return determineServer();
	}

	// Its own scripts' states are worth keeping, so there is one server only. No monitor:
	// it would pin virtual threads.
	private ScriptNode determineServer() {
		boolean unified = JedisAccess.unifiedClient(this.factory) != null;
		boolean supported = unified ? JedisAccess.hasProvider() : JedisAccess.canFetchJedis();
		ScriptNode server = supported ? new JedisServer(this.name, this.factory, unified) : this.ordinary;
		ScriptNode first = this.server.compareAndExchange(null, server);
		return (first != null) ? first : server;
	}

	@Override
	public CompletableFuture<@Nullable Void> connect() {
		return (server() != null) ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(
				CallFailure.notSent("no connection to " + this.name + ": " + notRunning().getMessage(), notRunning()));
	}

	static IllegalStateException notRunning() {
		return new IllegalStateException("the JedisConnectionFactory is not started, or was stopped");
	}

	@Override
	public ScriptNode destination(RedisConnection connection, ScriptCall call) {
		ScriptNode server = server();
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
		ScriptNode server = server();
		if (server == null) {
			throw CallFailure.notSent("no connection to " + this.name + ": " + notRunning().getMessage(), notRunning());
		}
		return List.of(new PreloadTarget(server, false));
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
	// one for WATCH only.
	@Override
	public boolean isPinned(RedisConnection connection) {
		return held(connection) != null || server() == this.ordinary;
	}

	/**
	 * The connection that a connection object of Spring Data Redis holds on to.
	 * @param connection the connection object
	 * @return the connection, {@code null} if it takes one for each command
	 */
	static @Nullable Connection held(RedisConnection connection) {
		if (connection.getNativeConnection() instanceof Jedis jedis) {
			return jedis.getConnection();
		}
		return (connection instanceof JedisConnection jedis) ? JedisAccess.held(jedis) : null;
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, byte[][] command, long until) {
		if (until - System.nanoTime() <= 0) {
			throw CallFailure.notSent("no time was left", null);
		}
		try {
			Connection held = held(connection);
			return (held != null)
					? JedisExchange.exchange(held, JedisExchange.arguments(command), JedisExchange.size(command), until)
					: execute(connection, command);
		}
		catch (RuntimeException ex) {
			throw this.failures.afterSending(ex, until);
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
			JedisAccess.register(jedis, healing(jedis, pipeline).add(call, healed));
		}
		else {
			execute(connection, call.toArguments());
		}
		// When the command is out: sending may have connected anew.
		Connection held = held(connection);
		if (held == null) {
			return;
		}
		if (server() instanceof JedisNode node) {
			node.guard(held);
		}
		else {
			JedisReplyGuard.guard(held);
		}
	}

	private JedisPipelineHealing healing(JedisConnection connection, AbstractPipeline pipeline) {
		WeakReference<JedisPipelineHealing> reference = this.healings.get(pipeline);
		JedisPipelineHealing healing = (reference != null) ? reference.get() : null;
		if (healing == null) {
			healing = new JedisPipelineHealing(pipeline, held(connection), this::reconnect);
			this.healings.put(pipeline, new WeakReference<>(healing));
		}
		return healing;
	}

	private void reconnect() {
		ScriptNode server = server();
		if (server != null) {
			server.reconnect();
		}
	}

	static @Nullable Object execute(RedisConnection connection, byte[][] command) {
		byte[][] arguments = Arrays.copyOfRange(command, 1, command.length);
		try {
			return JedisExchange
				.neutral(connection.execute(new String(command[0], StandardCharsets.US_ASCII), arguments));
		}
		catch (RuntimeException ex) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
			if (cause instanceof JedisDataException error) {
				return JedisExchange.error(error, false);
			}
			if (cause instanceof JedisException error && JedisText.isEmptyError(error)) {
				return new ErrorReply("", true, ex);
			}
			if (cause instanceof IndexOutOfBoundsException || cause instanceof IllegalArgumentException) {
				return JedisExchange.unreadableRedirection(ex);
			}
			throw ex;
		}
	}

	@Override
	public boolean isAsynchronous() {
		return false;
	}

}
