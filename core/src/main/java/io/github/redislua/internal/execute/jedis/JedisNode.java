package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * A server that is reached through Jedis, on connections of a pool.
 */
abstract class JedisNode extends ScriptNode {

	private final JedisConnectionFactory factory;

	private final JedisArgumentsCache cache;

	JedisNode(String name, JedisConnectionFactory factory, JedisArgumentsCache cache) {
		super(name);
		this.factory = factory;
		this.cache = cache;
	}

	/**
	 * Takes a connection from the pool.
	 * @return a {@code Connection}, or a {@code Jedis} that has one
	 */
	abstract Closeable borrow();

	private Closeable lease() {
		try {
			return borrow();
		}
		catch (JedisException ex) {
			// By its very type the pool says that it is exhausted, which Spring Data
			// Redis
			// takes for a wrong use of its interface.
			if (ex.getClass() == JedisException.class) {
				throw new RedisConnectionFailureException(
						"No connection to " + name() + " could be had from the pool; nothing was sent", ex);
			}
			throw ex;
		}
	}

	@Override
	public @Nullable Object send(ScriptCall call) {
		Duration timeout = call.options().timeout();
		JedisArguments arguments = this.cache.take().of(call);
		try {
			Closeable lease = lease();
			Connection connection = connection(lease);
			Object reply;
			try {
				reply = JedisExchange.exchange(connection, arguments, timeout);
			}
			finally {
				JedisDisposal.release(lease, connection.isBroken(), timeout);
			}
			this.cache.giveBack(arguments);
			return reply;
		}
		catch (RuntimeException ex) {
			throw translate(this.factory, ex);
		}
	}

	@Override
	public List<@Nullable Object> sendAll(@Nullable Duration timeout, List<byte[][]> commands) {
		List<@Nullable Object> replies;
		try {
			Closeable lease = lease();
			Connection connection = connection(lease);
			try {
				replies = JedisExchange.exchangeAll(connection, commands, timeout);
			}
			finally {
				JedisDisposal.release(lease, connection.isBroken(), timeout);
			}
		}
		catch (RuntimeException ex) {
			throw translate(this.factory, ex);
		}
		replies.replaceAll((reply) -> (reply instanceof RuntimeException ex) ? translate(this.factory, ex) : reply);
		return replies;
	}

	private static Connection connection(Closeable lease) {
		return (lease instanceof Jedis jedis) ? jedis.getConnection() : (Connection) lease;
	}

	static RuntimeException translate(JedisConnectionFactory factory, RuntimeException ex) {
		if (ex instanceof DataAccessException) {
			return ex;
		}
		RuntimeException translated = factory.translateExceptionIfPossible(ex);
		return (translated != null) ? translated : new RedisSystemException(String.valueOf(ex.getMessage()), ex);
	}

}
