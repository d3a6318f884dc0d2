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

	// The last call of each connection that is in a transaction.
	private final Map<LettuceConnection, Pending> pending = Collections.synchronizedMap(new WeakHashMap<>());

	// Weak, because a pipeline's results may lead back to the connection. The commands of
	// the pipeline hold it.
	private final Map<LettuceConnection, WeakReference<LettucePipelineHealing>> healings = Collections
		.synchronizedMap(new WeakHashMap<>());

	@Nullable Object openBatch(LettuceConnection connection) {
		requireSupport();
		Object pipeline = connection.isPipelined() ? LettuceAccess.pipeline(connection) : null;
		if (!connection.isQueueing()) {
			return pipeline;
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
	 * @param cluster whether the connection goes to a cluster
	 * @param healed to be run when the server did not know the script and does now
	 */
	void defer(LettuceConnection connection, ScriptCall call, boolean cluster, Runnable healed) {
		requireSupport();
		StatefulConnection<byte[], byte[]> target = LettuceTransport.connection(LettuceAccess.commands(connection));
		LettucePipelineCommand command = new LettucePipelineCommand(call, cluster);
		if (!connection.isQueueing()) {
			command.in(healing(connection, target), LettuceAccess.database(connection));
			if (!call.command().bySource()) {
				command.healBy(healed);
			}
		}
		target.dispatch(command);
		LettuceAccess.register(connection, command);
		Pending transaction = this.pending.get(connection);
		if (transaction != null && transaction.call == null) {
			transaction.call = command;
		}
	}

	private LettucePipelineHealing healing(LettuceConnection connection, StatefulConnection<byte[], byte[]> target) {
		Object pipeline = LettuceAccess.pipeline(connection);
		WeakReference<LettucePipelineHealing> reference = this.healings.get(connection);
		LettucePipelineHealing healing = (reference != null) ? reference.get() : null;
		if (healing == null || !healing.isOf(pipeline)) {
			healing = new LettucePipelineHealing(connection, target, pipeline);
			this.healings.put(connection, new WeakReference<>(healing));
		}
		return healing;
	}

	/**
	 * Refuses what cannot be done.
	 * @throws InvalidDataAccessApiUsageException if this version of Spring Data Redis has
	 * its pipelines elsewhere
	 */
	static void requireSupport() {
		if (!LettuceAccess.isSupported()) {
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
