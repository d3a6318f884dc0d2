package io.github.redislua.internal.execute.lettuce;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.call.ServerNames;

/**
 * One server, with replicas perhaps, through Lettuce: on the connection that Spring Data
 * Redis shares among threads, without the objects that it makes for each call.
 */
public final class LettuceTransport implements ScriptTransport {

	private static final Executor CONNECTOR = (task) -> {
		Thread thread = new Thread(task, "redis-lua-connect");
		thread.setDaemon(true);
		thread.start();
	};

	private final LettuceConnectionFactory factory;

	private final Server server;

	private final LettucePipelineCalls deferral = new LettucePipelineCalls();

	public LettuceTransport(LettuceConnectionFactory factory) {
		this.factory = factory;
		this.server = new Server(factory);
	}

	@Override
	public ScriptNode route(ScriptCall call) {
		return this.server;
	}

	@Override
	public ScriptNode redirect(Redirection redirection) {
		throw new IllegalStateException("Only a cluster redirects");
	}

	@Override
	public void outdated() {
		// Lettuce itself reconnects, and asks the sentinels where to.
	}

	@Override
	public List<PreloadTarget> nodes() {
		return List.of(new PreloadTarget(this.server, false));
	}

	@Override
	public String description() {
		return this.server.name();
	}

	@Override
	public boolean isCluster() {
		return false;
	}

	@Override
	public long timeout() {
		return this.factory.getClientConfiguration().getCommandTimeout().toNanos();
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, @Nullable Duration timeout, byte[][] command) {
		LettuceChannel channel = new LettuceChannel(nativeConnection((LettuceConnection) connection), false, () -> {
		});
		try {
			Object reply = channel
				.sendAll(List.of(LettuceNode.command(timeout, command)),
						(timeout != null) ? timeout.toNanos() : timeout())
				.get(0);
			if (reply instanceof RuntimeException ex) {
				throw LettuceNode.translate(this.factory, ex);
			}
			return reply;
		}
		finally {
			channel.release();
		}
	}

	@Override
	public @Nullable Object openBatch(RedisConnection connection) {
		return this.deferral.openBatch((LettuceConnection) connection);
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call, Runnable healed) {
		this.deferral.defer((LettuceConnection) connection, call, false, healed);
	}

	@Override
	public boolean isAsynchronous() {
		return true;
	}

	private static String name(LettuceConnectionFactory factory) {
		RedisSentinelConfiguration sentinel = factory.getSentinelConfiguration();
		RedisSocketConfiguration socket = factory.getSocketConfiguration();
		if (sentinel != null) {
			return ServerNames.master(sentinel);
		}
		return (socket != null) ? socket.getSocket() : factory.getHostName() + ":" + factory.getPort();
	}

	@SuppressWarnings("deprecation") // not by Lettuce, and there is no other way
	public static StatefulConnection<byte[], byte[]> nativeConnection(LettuceConnection connection) {
		return connection(connection.getNativeConnection());
	}

	@SuppressWarnings({ "deprecation", "unchecked" }) // as above
	public static StatefulConnection<byte[], byte[]> connection(Object commands) {
		if (commands instanceof RedisAsyncCommands<?, ?>) {
			return ((RedisAsyncCommands<byte[], byte[]>) commands).getStatefulConnection();
		}
		return ((RedisAdvancedClusterAsyncCommands<byte[], byte[]>) commands).getStatefulConnection();
	}

	/**
	 * The server.
	 */
	private static final class Server extends LettuceNode {

		private final LettuceConnectionFactory factory;

		private final boolean spreadsReads;

		private volatile @Nullable LettuceChannel shared;

		Server(LettuceConnectionFactory factory) {
			super(LettuceTransport.name(factory), factory, true);
			this.factory = factory;
			ReadFrom readFrom = factory.getClientConfiguration().getReadFrom().orElse(ReadFrom.UPSTREAM);
			this.spreadsReads = readFrom != ReadFrom.UPSTREAM;
		}

		// Lettuce chooses a replica, and need not choose the same one again.
		@Override
		public boolean isHealedWithSource(ScriptCall call) {
			return this.spreadsReads && call.options().readOnly();
		}

		@Override
		public @Nullable LettuceChannel open() {
			LettuceChannel channel = this.shared;
			return (channel != null && channel.isOpen()) ? channel : null;
		}

		@Override
		public LettuceChannel await(@Nullable Duration timeout) {
			return acquire();
		}

		@Override
		public CompletableFuture<LettuceChannel> connect() {
			return CompletableFuture.supplyAsync(this::acquire, CONNECTOR);
		}

		// The first call, a connection that is down, or one closed with its factory.
		// Spring
		// Data Redis waits for the connection.
		private LettuceChannel acquire() {
			LettuceConnection connection = (LettuceConnection) this.factory.getConnection();
			if (!this.factory.getShareNativeConnection()) {
				return new LettuceChannel(nativeConnection(connection), false, connection::close);
			}
			try {
				StatefulConnection<byte[], byte[]> nativeConnection = nativeConnection(connection);
				synchronized (this) {
					LettuceChannel channel = this.shared;
					if (channel == null || channel.connection() != nativeConnection) {
						channel = new LettuceChannel(nativeConnection, false, null);
						this.shared = channel;
					}
					return channel;
				}
			}
			finally {
				connection.close();
			}
		}

	}

}
