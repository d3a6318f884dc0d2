package io.github.redislua.internal.execute.lettuce;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;

/**
 * One server, with replicas perhaps, through Lettuce: on the connection that Spring Data
 * Redis shares among threads, without the objects that it makes for each call.
 */
public final class LettuceTransport implements ScriptTransport {

	private final LettuceConnectionFactory factory;

	private final LettuceAccess access;

	private final LettuceServer server;

	private final LettucePipelineCalls pipelines;

	public LettuceTransport(LettuceConnectionFactory factory) {
		this(factory, LettuceAccess.DEFAULT);
	}

	LettuceTransport(LettuceConnectionFactory factory, LettuceAccess access) {
		this.factory = factory;
		this.access = access;
		this.server = new LettuceServer(factory, access);
		this.pipelines = new LettucePipelineCalls(access, this.server.failures(), false, this.server::reconnect);
	}

	@Override
	public ScriptNode route(ScriptCall call) {
		return this.server;
	}

	@Override
	public CompletableFuture<@Nullable Void> connect() {
		// The server is known, and connects when it is needed.
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public Runnable schedule(long nanos, Runnable task) {
		return LettuceTimer.schedule(this.factory, nanos, task);
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
	public @Nullable Object sendBound(RedisConnection connection, byte[][] command, long until) {
		LettuceFailures failures = this.server.failures();
		StatefulConnection<byte[], byte[]> nativeConnection;
		try {
			nativeConnection = nativeConnection((LettuceConnection) connection);
		}
		catch (RuntimeException ex) {
			throw failures.notConnected(ex);
		}
		LettuceChannel channel = new LettuceChannel(nativeConnection, this.access, false, () -> {
		});
		try {
			return channel.send(LettuceNode.command(failures, command), until);
		}
		finally {
			channel.release();
		}
	}

	@Override
	public @Nullable Object openBatch(RedisConnection connection) {
		return this.pipelines.openBatch((LettuceConnection) connection);
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call, Runnable healed) {
		this.pipelines.defer((LettuceConnection) connection, call, healed);
	}

	@Override
	public boolean isAsynchronous() {
		return true;
	}

	@SuppressWarnings("deprecation") // not by Lettuce, and there is no other way
	static StatefulConnection<byte[], byte[]> nativeConnection(LettuceConnection connection) {
		return connection(connection.getNativeConnection());
	}

	@SuppressWarnings({ "deprecation", "unchecked" }) // as above
	static StatefulConnection<byte[], byte[]> connection(Object commands) {
		if (commands instanceof RedisAsyncCommands<?, ?>) {
			return ((RedisAsyncCommands<byte[], byte[]>) commands).getStatefulConnection();
		}
		return ((RedisAdvancedClusterAsyncCommands<byte[], byte[]>) commands).getStatefulConnection();
	}

}
