package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.execute.PreparedScript;
import io.github.redislua.internal.execute.QueuedCall;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.execute.ScriptState;
import io.github.redislua.internal.execute.call.BoundConnections;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.NotSentException;
import io.github.redislua.internal.execute.call.ReadOnlySupport;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTarget;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.HealingListener;
import io.github.redislua.internal.script.Script;

/**
 * Runs scripts on the servers behind one connection factory.
 */
public final class RedisScriptExecutor implements ScriptExecutor {

	private final RedisConnectionFactory factory;

	private final ScriptTransport transport;

	private final ReadOnlySupport readOnlySupport = new ReadOnlySupport();

	private final PipelineSources carried = new PipelineSources();

	private final BlockingCalls recoveries;

	private final Preloader preloader;

	public RedisScriptExecutor(RedisConnectionFactory factory, ScriptTransport transport, HealingListener healings) {
		this.factory = factory;
		this.transport = transport;
		this.recoveries = new BlockingCalls(transport, this.readOnlySupport, healings);
		this.preloader = new Preloader(transport);
		this.recoveries.onMiss(this.preloader::catchUp);
	}

	@Override
	public PreparedScript prepare(Script script, CallOptions options) {
		return new Prepared(new ScriptTarget(script, options));
	}

	@Override
	public boolean isAsynchronous() {
		return this.transport.isAsynchronous();
	}

	@Override
	public boolean isCluster() {
		return this.transport.isCluster();
	}

	@Override
	public PreloadResult preload(Collection<Script> scripts, List<String> commands, Duration timeout) {
		return this.preloader.preload(scripts, commands, timeout);
	}

	@Override
	public Map<String, Map<String, ScriptState>> states(Collection<Script> scripts, Duration timeout) {
		return this.preloader.states(scripts, timeout);
	}

	@Override
	public List<@Nullable Object> executeAll(List<QueuedCall> queued) {
		if (BoundConnections.isBound(this.factory)) {
			throw new InvalidDataAccessApiUsageException(
					"LuaScripts.pipelined cannot be used where a connection is bound "
							+ "to the thread, as in a SessionCallback, a pipeline or a transaction. Nothing was sent");
		}
		List<ScriptCall> calls = new ArrayList<>(queued.size());
		for (QueuedCall call : queued) {
			calls.add(((Prepared) call.script()).call(call.values(), call.keyCount()));
		}
		return new PipelinedCalls(this.transport, this.recoveries).execute(calls);
	}

	/**
	 * One method's script on these servers.
	 */
	private final class Prepared implements PreparedScript {

		private final ScriptTarget target;

		private final EvalCommand command;

		/** Whether the script's own error could be taken for the server's. */
		private final boolean ambiguous;

		Prepared(ScriptTarget target) {
			this.target = target;
			this.ambiguous = target.script().mentions("NOSCRIPT");
			this.command = target.options().readOnly() ? EvalCommand.EVALSHA_RO : EvalCommand.EVALSHA;
		}

		ScriptCall call(byte[][] values, int keyCount) {
			return new ScriptCall(command(), this.target, values, keyCount);
		}

		private EvalCommand command() {
			return RedisScriptExecutor.this.readOnlySupport.isMissing() ? this.command.withoutReadOnly() : this.command;
		}

		@Override
		public @Nullable Object execute(byte[][] values, int keyCount) {
			try {
				Object reply = BoundConnections.isBound(RedisScriptExecutor.this.factory)
						? executeBound(values, keyCount) : attempt(call(values, keyCount));
				if (reply instanceof ErrorReply error) {
					throw failure(error);
				}
				return reply;
			}
			catch (RedisConnectionFailureException | QueryTimeoutException ex) {
				throw ScriptFailures.during(this.target, ex);
			}
		}

		private @Nullable Object attempt(ScriptCall call) {
			try {
				return run(call);
			}
			catch (RedisConnectionFailureException | QueryTimeoutException ex) {
				if (!(ex instanceof NotSentException)) {
					RedisScriptExecutor.this.transport.outdated();
					if (this.target.options().idempotent()) {
						return run(call);
					}
				}
				throw ex;
			}
		}

		private @Nullable Object run(ScriptCall call) {
			try {
				return runOnce(call);
			}
			catch (NotSentException ex) {
				return RedisScriptExecutor.this.recoveries.untilSent(call, ex, this::runOnce);
			}
		}

		private @Nullable Object runOnce(ScriptCall call) {
			ScriptNode node = RedisScriptExecutor.this.transport.route(call);
			int seen = node.state(this.target.script()).generation();
			Object reply = node.send(call);
			return (reply instanceof ErrorReply error)
					? RedisScriptExecutor.this.recoveries.recover(call, node, seen, error) : reply;
		}

		@Override
		public CompletableFuture<@Nullable Object> submit(byte[][] values, int keyCount) {
			if (BoundConnections.isBound(RedisScriptExecutor.this.factory)) {
				refuseBound();
			}
			return new AsynchronousCall(RedisScriptExecutor.this.transport, RedisScriptExecutor.this.recoveries,
					call(values, keyCount))
				.start();
		}

		// The reply would come from another connection than the one the transaction is
		// on.
		private void refuseBound() {
			RedisConnectionFactory factory = RedisScriptExecutor.this.factory;
			RedisConnection bound = BoundConnections.obtain(factory);
			try {
				RedisConnection connection = BoundConnections.target(bound);
				if (connection.isPipelined() || connection.isQueueing()) {
					throw new InvalidDataAccessApiUsageException(
							this.target.options().method() + " does not wait for its reply, and cannot take part in a "
									+ (connection.isQueueing() ? "transaction (MULTI)" : "pipeline")
									+ ". Nothing was sent. Declare a method that returns the value itself");
				}
			}
			finally {
				BoundConnections.release(bound, factory);
			}
		}

		private @Nullable Object executeBound(byte[][] values, int keyCount) {
			RedisConnectionFactory factory = RedisScriptExecutor.this.factory;
			RedisConnection bound = BoundConnections.obtain(factory);
			try {
				RedisConnection connection = BoundConnections.target(bound);
				if (connection.isPipelined() || connection.isQueueing()) {
					return defer(connection, values, keyCount);
				}
				ScriptCall call = call(values, keyCount);
				return RedisScriptExecutor.this.transport.isPinned(connection) ? runBound(connection, call)
						: attempt(call);
			}
			finally {
				BoundConnections.release(bound, factory);
			}
		}

		// The first time with its source: a NOSCRIPT comes too late to keep the order in
		// a pipeline, and in a transaction the other commands would be done.
		private Object defer(RedisConnection connection, byte[][] values, int keyCount) {
			CallOptions options = this.target.options();
			if (!options.deferrable()) {
				throw new InvalidDataAccessApiUsageException(options.method() + " returns a primitive, but inside a "
						+ (connection.isQueueing() ? "transaction (MULTI)" : "pipeline")
						+ " the reply of a call is not there yet. Nothing was sent. Return the wrapper type, which is "
						+ "null in here, or use LuaScripts.pipelined");
			}
			ScriptTransport transport = RedisScriptExecutor.this.transport;
			ScriptCall call = call(values, keyCount);
			ScriptNode destination = transport.destination(connection, call);
			// What is healed by source may be at one of several servers.
			boolean known = destination != null && !destination.isHealedWithSource(call) && isKnown(connection, destination);
			transport.defer(connection, known ? call : call.with(call.command().withSource()),
					() -> healed(destination));
			return DEFERRED;
		}

		private boolean isKnown(RedisConnection connection, ScriptNode destination) {
			Object epoch = RedisScriptExecutor.this.transport.openBatch(connection);
			return epoch != null && !this.ambiguous
					&& !RedisScriptExecutor.this.carried.add(connection, epoch, this.target.script(), destination);
		}

		private void healed(@Nullable ScriptNode destination) {
			if (destination != null) {
				RedisScriptExecutor.this.recoveries.healed(this.target.script(), destination);
			}
		}

		private @Nullable Object runBound(RedisConnection connection, ScriptCall call) {
			ScriptTransport transport = RedisScriptExecutor.this.transport;
			ScriptNode node = new BoundConnectionNode(transport, connection);
			int seen = node.state(this.target.script()).generation();
			Object reply = node.send(call);
			return (reply instanceof ErrorReply error)
					? RedisScriptExecutor.this.recoveries.recover(call, node, seen, error) : reply;
		}

		LuaScriptExecutionException failure(ErrorReply error) {
			return ScriptFailures.of(this.target.script(), this.target.options().method(), error);
		}

	}

}
