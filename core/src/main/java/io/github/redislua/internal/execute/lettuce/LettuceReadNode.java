package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletableFuture;

import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.call.ScriptCall;

/**
 * The nodes of a cluster that read-only calls are spread over: Lettuce chooses by the key
 * and the application's {@code ReadFrom}.
 */
final class LettuceReadNode extends LettuceNode {

	private final LettuceTopology topology;

	private final LettuceAccess access;

	private volatile @Nullable LettuceChannel channel;

	LettuceReadNode(LettuceConnectionFactory factory, LettuceAccess access, LettuceTopology topology) {
		super("a replica", factory, false);
		this.topology = topology;
		this.access = access;
	}

	@Override
	public boolean isHealedWithSource(ScriptCall call) {
		return true;
	}

	@Override
	public @Nullable LettuceChannel open() {
		StatefulRedisClusterConnection<byte[], byte[]> connection = this.topology.known();
		return (connection != null) ? channel(connection) : null;
	}

	@Override
	public CompletableFuture<LettuceChannel> connect() {
		return this.topology.connect().thenApply(this::channel);
	}

	private LettuceChannel channel(StatefulRedisClusterConnection<byte[], byte[]> connection) {
		LettuceChannel channel = this.channel;
		if (channel == null || channel.connection() != connection) {
			channel = new LettuceChannel(connection, this.access, false, null);
			this.channel = channel;
		}
		return channel;
	}

	@Override
	public CompletableFuture<@Nullable Void> reconnect() {
		return this.topology.refresh();
	}

}
