package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletableFuture;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.UnknownPartitionException;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ConnectionIntent;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A node of a cluster, on the connection that Lettuce keeps to it.
 */
final class LettuceClusterNode extends LettuceNode {

	private final LettuceTopology topology;

	private final LettuceAccess access;

	private final String host;

	private final int port;

	private final ConnectionIntent intent;

	private volatile @Nullable RedisClusterNode description;

	private volatile @Nullable LettuceChannel channel;

	LettuceClusterNode(LettuceConnectionFactory factory, LettuceAccess access, LettuceTopology topology, String host,
			int port, ConnectionIntent intent) {
		super(host + ":" + port, factory, false);
		this.topology = topology;
		this.access = access;
		this.host = host;
		this.port = port;
		this.intent = intent;
	}

	String host() {
		return this.host;
	}

	int port() {
		return this.port;
	}

	/**
	 * Notes what this node is in the topology at hand.
	 * @param description the node as Lettuce knows it
	 */
	void describedBy(RedisClusterNode description) {
		this.description = description;
	}

	@SuppressWarnings("ReferenceEquality") // a node may be known at another address anew
	boolean isDescribedBy(RedisClusterNode description) {
		return this.description == description;
	}

	@Override
	public @Nullable LettuceChannel open() {
		LettuceChannel channel = this.channel;
		return (channel != null && channel.isUsable()) ? channel : null;
	}

	@Override
	public CompletableFuture<LettuceChannel> connect() {
		return this.topology.connect()
			.thenCompose((cluster) -> cluster.getConnectionAsync(this.host, this.port, this.intent))
			.handle(this::connected);
	}

	private LettuceChannel connected(@Nullable StatefulRedisConnection<byte[], byte[]> connection,
			@Nullable Throwable ex) {
		if (connection != null) {
			return channel(connection);
		}
		Throwable failure = (ex != null) ? ex : new IllegalStateException("There is no connection");
		if (NestedExceptionUtils.getMostSpecificCause(failure) instanceof UnknownPartitionException) {
			// Lettuce 6 connects only to the nodes it knows of, and others named this
			// one.
			this.topology.refresh();
		}
		throw failures().notConnected(failure);
	}

	private synchronized LettuceChannel channel(StatefulRedisConnection<byte[], byte[]> connection) {
		LettuceChannel channel = this.channel;
		if (channel == null || channel.connection() != connection) {
			channel = new LettuceChannel(connection, this.access, true, null);
			this.channel = channel;
		}
		return channel;
	}

	// A master that was demoted: another node has its slots.
	@Override
	public CompletableFuture<@Nullable Void> reconnect() {
		return this.topology.refresh();
	}

}
