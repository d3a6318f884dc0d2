package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.Pool;

/**
 * Where the connections to a server come from. A connection is a {@code Connection}, or a
 * {@code Jedis} that has one; to close it gives it back.
 */
interface JedisSource {

	/**
	 * The pool of the connections as it is now.
	 * @return the pool, {@code null} if there is none or it cannot be had
	 */
	@Nullable Pool<?> pool();

	/**
	 * Gets a connection as the driver does it, which may make one, and wait for longer
	 * than any caller does.
	 * @return the connection
	 */
	Closeable open();

	/**
	 * Takes a connection from the pool, where one lies idle or will be given back.
	 * @param pool the pool
	 * @param wait how long to wait for it
	 * @return the connection
	 * @throws Exception if there is none
	 */
	@SuppressWarnings("unchecked")
	default Closeable take(Pool<?> pool, Duration wait) throws Exception {
		if (pool instanceof ConnectionPool connections) {
			Connection connection = connections.borrowObject(wait);
			connection.setHandlingPool(connections);
			return connection;
		}
		if (!canWait(pool)) {
			// It looks whether the connection is to the master that it knows.
			return (Closeable) pool.getResource();
		}
		Pool<Jedis> connections = (Pool<Jedis>) pool;
		Jedis jedis = connections.borrowObject(wait);
		JedisAccess.dataSource(jedis, connections);
		return jedis;
	}

	/**
	 * Whether {@link #take} keeps to its time where the pool has no connection to give.
	 * @param pool the pool
	 * @return {@code false} if only the pool's own limit counts
	 */
	default boolean canWait(Pool<?> pool) {
		return pool instanceof ConnectionPool || !JedisAccess.isSentinelPool(pool) && JedisAccess.canSetDataSource();
	}

	static Connection connection(Closeable lease) {
		return (lease instanceof Jedis jedis) ? jedis.getConnection() : (Connection) lease;
	}

}
