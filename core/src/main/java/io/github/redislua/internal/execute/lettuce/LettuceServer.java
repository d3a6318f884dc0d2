package io.github.redislua.internal.execute.lettuce;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.api.StatefulConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;

import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ServerNames;

/**
 * One server, with replicas perhaps: on the connection that Spring Data Redis shares
 * among threads, or on one that it gives each call.
 */
final class LettuceServer extends LettuceNode {

	private static final Log logger = LogFactory.getLog(LettuceServer.class);

	/** For the replies to what is under way when the connection is replaced. */
	private static final long LAST_REPLIES = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int THREADS = 16;

	private final LettuceConnectionFactory factory;

	private final LettuceAccess access;

	private final boolean shared;

	private final boolean spreadsReads;

	private final LettuceConnector<LettuceChannel> connector = new LettuceConnector<>();

	private final LettucePace reconnects = new LettucePace(TimeUnit.SECONDS.toNanos(1));

	// Threads that wait for connections that are not shared.
	private final ThreadPoolExecutor executor = executor(THREADS);

	// Not the same, or nothing would come back as long as all of them wait.
	private final ThreadPoolExecutor releaser = executor(1);

	private volatile @Nullable LettuceChannel channel;

	LettuceServer(LettuceConnectionFactory factory, LettuceAccess access) {
		super(name(factory), factory, true);
		this.factory = factory;
		this.access = access;
		this.shared = factory.getShareNativeConnection();
		ReadFrom readFrom = factory.getClientConfiguration().getReadFrom().orElse(ReadFrom.UPSTREAM);
		this.spreadsReads = readFrom != ReadFrom.UPSTREAM;
	}

	private static ThreadPoolExecutor executor(int threads) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), LettuceServer::thread);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, LettuceConnector.THREAD);
		thread.setDaemon(true);
		return thread;
	}

	private static String name(LettuceConnectionFactory factory) {
		RedisSentinelConfiguration sentinel = factory.getSentinelConfiguration();
		RedisSocketConfiguration socket = factory.getSocketConfiguration();
		if (sentinel != null) {
			return ServerNames.master(sentinel);
		}
		return (socket != null) ? socket.getSocket() : factory.getHostName() + ":" + factory.getPort();
	}

	// Lettuce chooses a replica, and need not choose the same one again.
	@Override
	public boolean isHealedWithSource(ScriptCall call) {
		return this.spreadsReads && call.options().readOnly();
	}

	@Override
	public @Nullable LettuceChannel open() {
		LettuceChannel channel = this.channel;
		return (channel != null && channel.isUsable()) ? channel : null;
	}

	@Override
	public CompletableFuture<LettuceChannel> connect() {
		return this.shared ? this.connector.connect(this::acquire) : borrow();
	}

	private CompletableFuture<LettuceChannel> borrow() {
		CompletableFuture<LettuceChannel> result = new CompletableFuture<>();
		this.executor.execute(() -> {
			if (result.isDone()) {
				return;
			}
			try {
				LettuceChannel channel = connected();
				if (!result.complete(channel)) {
					channel.release();
				}
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		return result;
	}

	@Override
	void abandon(CompletableFuture<LettuceChannel> connecting) {
		if (!this.shared) {
			connecting.cancel(false);
		}
	}

	// Spring Data Redis waits for the connection.
	private LettuceChannel acquire() {
		LettuceConnection connection = (LettuceConnection) this.factory.getConnection();
		try {
			StatefulConnection<byte[], byte[]> nativeConnection = LettuceTransport.nativeConnection(connection);
			LettuceChannel channel = this.channel;
			if (channel == null || channel.connection() != nativeConnection || channel.isRetired()) {
				channel = new LettuceChannel(nativeConnection, this.access, false, null);
				this.channel = channel;
			}
			return channel;
		}
		finally {
			connection.close();
		}
	}

	private LettuceChannel connected() {
		LettuceConnection connection = (LettuceConnection) this.factory.getConnection();
		try {
			return new LettuceChannel(LettuceTransport.nativeConnection(connection), this.access, false,
					connection::close);
		}
		catch (RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	@Override
	void release(LettuceChannel channel) {
		this.releaser.execute(channel::release);
	}

	@Override
	public CompletableFuture<@Nullable Void> reconnect() {
		return this.reconnects.run(() -> {
			if (isPooled() && this.access.pools(this.factory) == null) {
				logger.debug("The connections to " + name() + " cannot be replaced: they are in a pool that this "
						+ "version of Spring Data Redis keeps to itself");
				return CompletableFuture.completedFuture(null);
			}
			return this.shared ? this.connector.connect(this::replace)
					: CompletableFuture.runAsync(this::clearPools, this.releaser);
		});
	}

	private LettuceChannel replace() {
		LettuceChannel old = this.channel;
		if (old != null) {
			old.retire(LAST_REPLIES);
		}
		logger.info(name() + " does not take writes any more; connecting anew");
		// A pool gets the connection back.
		this.factory.resetConnection();
		clearPools();
		return acquire();
	}

	// Those that are in use are closed when they have come back.
	private void clearPools() {
		if (!isPooled()) {
			return;
		}
		clear();
		CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, this.releaser).execute(this::clear);
	}

	private void clear() {
		Map<?, ?> pools = this.access.pools(this.factory);
		if (pools != null) {
			for (Object pool : pools.values()) {
				((GenericObjectPool<?>) pool).clear();
			}
		}
	}

	private boolean isPooled() {
		return this.factory.getClientConfiguration() instanceof LettucePoolingClientConfiguration;
	}

}
