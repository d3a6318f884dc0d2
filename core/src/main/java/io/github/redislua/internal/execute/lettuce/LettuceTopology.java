package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What Lettuce knows of a cluster: which nodes there are, and who has which slot.
 */
final class LettuceTopology {

	private static final Log logger = LogFactory.getLog(LettuceTopology.class);

	/** Not more often than that the topology is read anew. */
	private static final long REFRESH_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private final LettuceConnectionFactory factory;

	private final LettuceConnector<StatefulRedisClusterConnection<byte[], byte[]>> connector = new LettuceConnector<>();

	private volatile @Nullable Refreshes refreshes;

	private volatile @Nullable StatefulRedisClusterConnection<byte[], byte[]> connection;

	LettuceTopology(LettuceConnectionFactory factory) {
		this.factory = factory;
	}

	/**
	 * The connection to the cluster, and with it the topology.
	 * @return the connection, {@code null} if there is none or its factory was stopped
	 */
	@Nullable StatefulRedisClusterConnection<byte[], byte[]> known() {
		StatefulRedisClusterConnection<byte[], byte[]> connection = this.connection;
		return (connection != null && !((RedisChannelHandler<?, ?>) connection).isClosed()) ? connection : null;
	}

	/**
	 * Has Lettuce read the topology for the first time, or after the factory was stopped
	 * and started again.
	 * @return completes with the connection
	 */
	CompletableFuture<StatefulRedisClusterConnection<byte[], byte[]>> connect() {
		StatefulRedisClusterConnection<byte[], byte[]> connection = known();
		return (connection != null) ? CompletableFuture.completedFuture(connection)
				: this.connector.connect(this::acquire);
	}

	private StatefulRedisClusterConnection<byte[], byte[]> acquire() {
		LettuceConnection connection = (LettuceConnection) this.factory.getConnection();
		try {
			StatefulRedisClusterConnection<byte[], byte[]> nativeConnection = (StatefulRedisClusterConnection<byte[], byte[]>) LettuceTransport
				.nativeConnection(connection);
			this.connection = nativeConnection;
			return nativeConnection;
		}
		finally {
			// One that is not shared is kept instead.
			if (this.factory.getShareNativeConnection()) {
				connection.close();
			}
		}
	}

	/**
	 * Has Lettuce read the topology anew.
	 * @return completes when that was done or has failed, never exceptionally
	 */
	CompletableFuture<@Nullable Void> refresh() {
		RedisClusterClient client = client();
		if (client == null) {
			return CompletableFuture.completedFuture(null);
		}
		Refreshes refreshes = this.refreshes;
		if (refreshes == null || refreshes.client != client) {
			// What was begun with a client that was stopped need not come to its end.
			refreshes = new Refreshes(client, new LettucePace(REFRESH_PAUSE));
			this.refreshes = refreshes;
		}
		return refreshes.pace.run(() -> client.refreshPartitionsAsync().whenComplete((none, ex) -> {
			if (ex != null) {
				logger.debug("Cannot read the topology of the cluster", ex);
			}
		}));
	}

	private @Nullable RedisClusterClient client() {
		try {
			return (this.factory.getNativeClient() instanceof RedisClusterClient client) ? client : null;
		}
		catch (IllegalStateException ex) {
			// The factory is about to stop.
			return null;
		}
	}

	/**
	 * What the topology is read with.
	 *
	 * @param client the client
	 * @param pace how often
	 */
	private record Refreshes(RedisClusterClient client, LettucePace pace) {

	}

}
