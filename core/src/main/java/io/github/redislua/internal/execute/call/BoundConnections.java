package io.github.redislua.internal.execute.call;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisConnectionUtils;
import org.springframework.data.redis.core.RedisConnectionUtils.RedisConnectionProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The connection that Spring Data Redis bound to the thread: in a
 * {@code SessionCallback}, a pipeline or a transaction.
 */
public final class BoundConnections {

	private BoundConnections() {
	}

	public static boolean isBound(RedisConnectionFactory factory) {
		return TransactionSynchronizationManager.hasResource(factory);
	}

	/**
	 * Obtains the bound connection. To be given back with {@link #release}.
	 * @param factory the factory whose connection is bound
	 * @return the connection
	 */
	public static RedisConnection obtain(RedisConnectionFactory factory) {
		return RedisConnectionUtils.getConnection(factory);
	}

	/**
	 * The driver's connection behind the proxies of a transaction.
	 * @param connection a connection
	 * @return the connection itself, or what it stands for
	 */
	public static RedisConnection target(RedisConnection connection) {
		RedisConnection target = connection;
		while (target instanceof RedisConnectionProxy proxy) {
			target = proxy.getTargetConnection();
		}
		return target;
	}

	public static void release(@Nullable RedisConnection connection, RedisConnectionFactory factory) {
		RedisConnectionUtils.releaseConnection(connection, factory);
	}

}
