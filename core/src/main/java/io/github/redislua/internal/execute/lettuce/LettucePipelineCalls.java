package io.github.redislua.internal.execute.lettuce;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import io.lettuce.core.api.StatefulConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;

import io.github.redislua.internal.execute.call.ScriptCall;

/**
 * Adds calls to the pipelines and transactions of Spring Data Redis on Lettuce.
 */
final class LettucePipelineCalls {

	private final LettuceAccess access;

	private final LettuceFailures failures;

	private final boolean cluster;

	private final Runnable reconnect;

	// The last call of each connection that is in a transaction.
	private final Map<LettuceConnection, Pending> pending = Collections.synchronizedMap(new WeakHashMap<>());

	// Weak, because a pipeline's results may lead back to the connection. The commands of
	// the pipeline hold it.
	private final Map<LettuceConnection, WeakReference<LettucePipelineHealing>> healings = Collections
		.synchronizedMap(new WeakHashMap<>());

	/**
	 * Create what adds calls.
	 * @param access the way to what Spring Data Redis keeps to itself
	 * @param failures tells what exceptions mean
	 * @param cluster whether the connections go to a cluster
	 * @param reconnect to be run when a server turns out to be a replica
	 */
	LettucePipelineCalls(LettuceAccess access, LettuceFailures failures, boolean cluster, Runnable reconnect) {
		this.access = access;
		this.failures = failures;
		this.cluster = cluster;
		this.reconnect = reconnect;
	}

	/**
	 * What stands for the pipeline or the transaction that a connection is in.
	 * @param connection the connection
	 * @return another object in the next one, {@code null} if each call has to bring its
	 * source
	 */
	@Nullable Object openBatch(LettuceConnection connection) {
		requireSupport();
		Object pipeline = connection.isPipelined() ? this.access.pipeline(connection) : null;
		if (!connection.isQueueing()) {
			// Without knowing the database, no call can be sent again.
			return (this.access.database(connection) != null) ? pipeline : null;
		}
		// Nothing tells one transaction from the next, but calls have their replies when
		// it has ended.
		Pending transaction = this.pending.get(connection);
		if (transaction == null || transaction.pipeline.get() != pipeline || transaction.isOver()) {
			transaction = new Pending(pipeline);
			this.pending.put(connection, transaction);
		}
		return transaction;
	}

	/**
	 * Adds a call.
	 * @param connection the connection
	 * @param call the call
	 * @param healed to be run when the server did not know the script and does now
	 */
	void defer(LettuceConnection connection, ScriptCall call, Runnable healed) {
		StatefulConnection<byte[], byte[]> target = connection(connection);
		LettucePipelineCommand command = new LettucePipelineCommand(this.failures, call, this.cluster, this.reconnect);
		if (!connection.isQueueing()) {
			command.in(healing(connection, target), this.access.database(connection));
			if (!call.command().bySource()) {
				command.healBy(healed);
			}
		}
		target.dispatch(command);
		this.access.register(connection, command);
		Pending transaction = this.pending.get(connection);
		if (transaction != null && transaction.call == null) {
			transaction.call = command;
		}
	}

	private LettucePipelineHealing healing(LettuceConnection connection, StatefulConnection<byte[], byte[]> target) {
		Object pipeline = this.access.pipeline(connection);
		WeakReference<LettucePipelineHealing> reference = this.healings.get(connection);
		LettucePipelineHealing healing = (reference != null) ? reference.get() : null;
		if (healing == null || !healing.isOf(pipeline)) {
			healing = new LettucePipelineHealing(this.access, connection, target, pipeline);
			this.healings.put(connection, new WeakReference<>(healing));
		}
		return healing;
	}

	/**
	 * The connection that a pipeline or a transaction is on.
	 * @param connection the connection of Spring Data Redis
	 * @return Lettuce's connection
	 */
	StatefulConnection<byte[], byte[]> connection(LettuceConnection connection) {
		requireSupport();
		return LettuceTransport.connection(this.access.commands(connection));
	}

	/**
	 * Refuses what cannot be done.
	 * @throws InvalidDataAccessApiUsageException if this version of Spring Data Redis has
	 * its pipelines elsewhere
	 */
	private void requireSupport() {
		if (!this.access.hasPipelines()) {
			throw new InvalidDataAccessApiUsageException(
					"Scripts cannot join a pipeline or a transaction of this version of Spring Data Redis: use "
							+ "LuaScripts.pipelined. Nothing was sent");
		}
	}

	/**
	 * A transaction that has not ended as long as its first call has no reply.
	 */
	private static final class Pending {

		// Weak, as above.
		private final WeakReference<@Nullable Object> pipeline;

		private @Nullable LettuceCommand call;

		Pending(@Nullable Object pipeline) {
			this.pipeline = new WeakReference<>(pipeline);
		}

		boolean isOver() {
			return this.call == null || this.call.isDone();
		}

	}

}
