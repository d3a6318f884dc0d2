package io.github.redislua.internal.execute.call;

import java.util.function.BooleanSupplier;

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

	private final RedisConnectionFactory factory;

	private final BooleanSupplier transactionSupport;

	/**
	 * Create new bound connections.
	 * @param factory whose connections
	 * @param transactionSupport whether calls take part in Spring's transactions, as
	 * those of a template with {@code enableTransactionSupport}; asked in a transaction
	 * only
	 */
	public BoundConnections(RedisConnectionFactory factory, BooleanSupplier transactionSupport) {
		this.factory = factory;
		this.transactionSupport = transactionSupport;
	}

	/**
	 * Whether calls on this thread belong to a connection that is bound to it, or to one
	 * that has yet to be bound because the transaction has not reached Redis so far.
	 * @return {@code true} if they do
	 */
	public boolean isBound() {
		return TransactionSynchronizationManager.hasResource(this.factory)
				|| TransactionSynchronizationManager.isActualTransactionActive()
						&& this.transactionSupport.getAsBoolean();
	}

	/**
	 * Obtains the bound connection. To be given back with {@link #release}.
	 * @return the connection
	 */
	public RedisConnection obtain() {
		return RedisConnectionUtils.getConnection(this.factory,
				TransactionSynchronizationManager.isActualTransactionActive()
						&& this.transactionSupport.getAsBoolean());
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

	public void release(RedisConnection connection) {
		RedisConnectionUtils.releaseConnection(connection, this.factory);
	}

}
