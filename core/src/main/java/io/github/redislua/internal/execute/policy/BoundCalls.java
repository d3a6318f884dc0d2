package io.github.redislua.internal.execute.policy;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;

import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.PreparedScript;
import io.github.redislua.internal.execute.call.BoundConnections;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.MethodScript;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.Script;

/**
 * Calls on a thread that Spring Data Redis bound a connection to: in a
 * {@code SessionCallback} they go to that connection, in a pipeline or a transaction they
 * join it.
 */
final class BoundCalls {

	private final BoundConnections connections;

	private final CallContext context;

	private final ScriptTransport transport;

	private final BlockingCalls blocking;

	private final PipelineSources sources = new PipelineSources();

	BoundCalls(BoundConnections connections, CallContext context, BlockingCalls blocking) {
		this.connections = connections;
		this.context = context;
		this.transport = context.transport();
		this.blocking = blocking;
	}

	/**
	 * Runs a call, or adds it to what is collected.
	 * @param call the call
	 * @return the neutral reply, the {@link ErrorReply} that is the caller's, or
	 * {@link PreparedScript#DEFERRED}
	 */
	@Nullable Object execute(ScriptCall call) {
		RedisConnection bound = this.connections.obtain();
		try {
			RedisConnection connection = BoundConnections.target(bound);
			if (connection.isPipelined() || connection.isQueueing()) {
				return join(connection, call);
			}
			return this.transport.isPinned(connection)
					? this.blocking.runBound(call,
							new BoundConnectionNode(this.transport, connection, this.transport.route(call)))
					: this.blocking.run(call);
		}
		finally {
			this.connections.release(bound);
		}
	}

	// The first time with its source: a NOSCRIPT comes too late to keep the order in a
	// pipeline, and in a transaction the other commands would be done.
	private Object join(RedisConnection connection, ScriptCall call) {
		CallOptions options = call.options();
		if (!options.deferrable()) {
			throw new InvalidDataAccessApiUsageException(options.method()
					+ " returns a primitive or an Optional, but inside a "
					+ (connection.isQueueing() ? "transaction (MULTI)" : "pipeline")
					+ " the reply of a call is not there yet. Nothing was sent. Return the wrapper type or a nullable one, which "
					+ "is null in here, or use LuaScripts.pipelined");
		}
		ScriptNode destination = this.transport.destination(connection, call);
		// What is healed with the source may be at one of several servers.
		boolean known = destination != null && !destination.isHealedWithSource(call)
				&& isKnown(connection, call.target(), destination);
		this.transport.defer(connection, known ? call : call.with(call.command().withSource()),
				() -> healed(call.target().script(), destination));
		return PreparedScript.DEFERRED;
	}

	private boolean isKnown(RedisConnection connection, MethodScript target, ScriptNode destination) {
		Object batch = this.transport.openBatch(connection);
		return batch != null && !target.speaksOfMissingScripts()
				&& !this.sources.add(connection, batch, target.script(), destination);
	}

	private void healed(Script script, @Nullable ScriptNode destination) {
		if (destination != null) {
			this.context.healings().healed(script, destination.name());
			this.context.missed().accept(destination);
		}
	}

	/**
	 * Refuses a call that does not wait for its reply where replies are collected: it
	 * would come from another connection than the one the transaction is on.
	 * @param target the script and its method
	 */
	void refuseAsynchronous(MethodScript target) {
		RedisConnection bound = this.connections.obtain();
		try {
			RedisConnection connection = BoundConnections.target(bound);
			if (connection.isPipelined() || connection.isQueueing()) {
				throw new InvalidDataAccessApiUsageException(
						target.options().method() + " does not wait for its reply, and cannot take part in a "
								+ (connection.isQueueing() ? "transaction (MULTI)" : "pipeline")
								+ ". Nothing was sent. Declare a method that returns the value itself");
			}
		}
		finally {
			this.connections.release(bound);
		}
	}

}
