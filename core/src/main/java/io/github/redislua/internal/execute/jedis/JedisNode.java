package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.util.Pool;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * A server that is reached through Jedis, on connections of a pool.
 */
abstract class JedisNode extends ScriptNode implements JedisSource {

	private static final Log logger = LogFactory.getLog(JedisNode.class);

	private static final long RECONNECT_PAUSE = TimeUnit.SECONDS.toNanos(1);

	/** A server or sentinels that do not answer are not waited for longer. */
	private static final long RECONNECT_STUCK = TimeUnit.SECONDS.toNanos(30);

	private final JedisArgumentsCache cache;

	private final JedisFailures failures;

	private final JedisConnections connections;

	private final Lock reconnecting = new ReentrantLock();

	private @Nullable CompletableFuture<@Nullable Void> reconnection;

	private long reconnectedAt;

	// Connections that were lent before it changed are not used again.
	private volatile int generation;

	JedisNode(String name, JedisConnectionFactory factory, JedisArgumentsCache cache) {
		super(name);
		this.cache = cache;
		this.failures = new JedisFailures(factory, name);
		this.connections = new JedisConnections(name, this, this.failures::translate);
	}

	@Override
	public @Nullable Object send(ScriptCall call, long until) {
		Closeable lease = borrow(until);
		int generation = this.generation;
		Connection connection = JedisSource.connection(lease);
		JedisArguments arguments = this.cache.take().of(call);
		try {
			Object reply = JedisExchange.exchange(connection, arguments, JedisExchange.size(call.values()), until);
			this.cache.giveBack(arguments);
			return reply;
		}
		catch (RuntimeException ex) {
			throw this.failures.afterSending(ex, until);
		}
		finally {
			release(lease, connection, generation);
		}
	}

	@Override
	public List<@Nullable Object> sendAll(List<byte[][]> commands, long until) {
		Closeable lease = borrow(until);
		int generation = this.generation;
		Connection connection = JedisSource.connection(lease);
		try {
			List<@Nullable Object> replies = JedisExchange.exchangeAll(connection, commands, until);
			replies.replaceAll(
					(reply) -> (reply instanceof RuntimeException ex) ? this.failures.afterSending(ex, until) : reply);
			return replies;
		}
		catch (RuntimeException ex) {
			throw this.failures.afterSending(ex, until);
		}
		finally {
			release(lease, connection, generation);
		}
	}

	private Closeable borrow(long until) {
		while (true) {
			Closeable lease = this.connections.borrow(until);
			boolean late = until - System.nanoTime() <= 0;
			if (!late && belongsTo(JedisSource.connection(lease), this.generation)) {
				return lease;
			}
			JedisDisposal.inBackground(lease);
			if (late) {
				throw CallFailure.notSent("no connection to " + name() + " in time", null);
			}
		}
	}

	// Others may have had it when all were thrown away.
	private static boolean belongsTo(Connection connection, int generation) {
		JedisReplyGuard guard = JedisReplyGuard.guard(connection);
		if (guard == null || guard.belongsTo(generation)) {
			return true;
		}
		connection.setBroken();
		return false;
	}

	/**
	 * Has a connection that others use be known when it comes back into the pool.
	 * @param connection the connection
	 */
	void guard(Connection connection) {
		JedisReplyGuard guard = JedisReplyGuard.guard(connection);
		if (guard != null) {
			guard.belongsTo(this.generation);
		}
	}

	private void release(Closeable lease, Connection connection, int generation) {
		if (connection.isBroken()) {
			this.connections.failed();
		}
		else if (generation != this.generation) {
			connection.setBroken();
		}
		else if (this.connections.handOver(lease)) {
			return;
		}
		JedisDisposal.release(lease, connection.isBroken());
	}

	@Override
	public CompletableFuture<@Nullable Void> reconnect() {
		this.reconnecting.lock();
		try {
			CompletableFuture<@Nullable Void> last = this.reconnection;
			long pause = (last != null && !last.isDone()) ? RECONNECT_STUCK : RECONNECT_PAUSE;
			if (last != null && System.nanoTime() - this.reconnectedAt < pause) {
				return last;
			}
			CompletableFuture<@Nullable Void> next = new CompletableFuture<>();
			this.reconnection = next;
			this.reconnectedAt = System.nanoTime();
			JedisThreads.connect(() -> reconnect(next));
			return next;
		}
		finally {
			this.reconnecting.unlock();
		}
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // once a second
	private void reconnect(CompletableFuture<@Nullable Void> done) {
		try {
			Pool<?> pool = renewed();
			// Places in the pool become free, and callers are not to fill them
			// themselves.
			this.connections.failed();
			// At once after each other, or new connections would be thrown away as well.
			this.generation++;
			if (pool != null && !pool.isClosed()) {
				pool.clear();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Cannot drop the connections to " + name(), ex);
		}
		finally {
			done.complete(null);
		}
	}

	/**
	 * Has the driver look up where the server is now.
	 * @return the pool of the connections, {@code null} if there is none
	 */
	@Nullable Pool<?> renewed() {
		return pool();
	}

}
