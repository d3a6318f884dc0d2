package io.github.redislua.execute;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;

/**
 * Adds calls to the pipelines and transactions of Spring Data Redis on Lettuce.
 */
final class LettuceDeferral {

	// The last call of each connection that is in a transaction.
	private final Map<LettuceConnection, Pending> pending = Collections.synchronizedMap(new WeakHashMap<>());

	@Nullable Object epoch(LettuceConnection connection) {
		if (!LettucePipelineAccess.isSupported()) {
			return null;
		}
		Object pipeline = connection.isPipelined() ? LettucePipelineAccess.pipeline(connection) : null;
		if (!connection.isQueueing()) {
			return pipeline;
		}
		// Nothing tells one transaction from the next, but calls have their replies when
		// it has ended.
		Pending transaction = this.pending.get(connection);
		if (transaction == null || transaction.pipeline != pipeline || transaction.isOver()) {
			transaction = new Pending(pipeline);
			this.pending.put(connection, transaction);
		}
		return transaction;
	}

	void defer(LettuceConnection connection, ScriptCall call, boolean cluster) {
		LettuceReplyOutput output = new LettuceReplyOutput.Deferred();
		if (!LettucePipelineAccess.isSupported()) {
			if (cluster) {
				throw new InvalidDataAccessApiUsageException("This version of Spring Data Redis does not route scripts "
						+ "in a pipeline on a cluster: use LuaScripts.pipelined. Nothing was sent");
			}
			byte[][] command = call.toArguments();
			connection.execute(call.command().name(), output, Arrays.copyOfRange(command, 1, command.length));
			return;
		}
		RedisFuture<Object> reply = LettucePipelineAccess.commands(connection)
			.dispatch(LettuceCommand.typeOf(call.command().name()), output, arguments(call));
		LettucePipelineAccess.register(connection, reply);
		Pending transaction = this.pending.get(connection);
		if (transaction != null && transaction.reply == null) {
			transaction.reply = reply;
		}
	}

	private static CommandArgs<byte[], byte[]> arguments(ScriptCall call) {
		CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE);
		arguments.add(call.body()).add(call.keyCount());
		for (int i = 0; i < call.values().length; i++) {
			if (i < call.keyCount()) {
				arguments.addKey(call.values()[i]);
			}
			else {
				arguments.addValue(call.values()[i]);
			}
		}
		return arguments;
	}

	/**
	 * A transaction that has not ended as long as its first call has no reply.
	 */
	private static final class Pending {

		private final @Nullable Object pipeline;

		private @Nullable RedisFuture<?> reply;

		Pending(@Nullable Object pipeline) {
			this.pipeline = pipeline;
		}

		boolean isOver() {
			return this.reply == null || this.reply.isDone();
		}

	}

}
