package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;

import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.CallValues;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.execute.PreparedScript;
import io.github.redislua.internal.execute.QueuedCall;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.execute.ScriptState;
import io.github.redislua.internal.execute.call.BoundConnections;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.MethodScript;
import io.github.redislua.internal.execute.call.ReadOnlySupport;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.HealingListener;
import io.github.redislua.internal.script.Script;

/**
 * Runs scripts on the servers behind one connection factory.
 */
public final class RedisScriptExecutor implements ScriptExecutor {

	private final BoundConnections connections;

	private final ScriptTransport transport;

	private final ReadOnlySupport readOnlySupport = new ReadOnlySupport();

	private final Preloader preloader;

	private final CallContext context;

	private final BlockingCalls blocking;

	private final BoundCalls bound;

	/**
	 * Create a new executor.
	 * @param connections what is bound to a thread
	 * @param transport the servers
	 * @param healings hears of scripts that had to be loaded
	 */
	public RedisScriptExecutor(BoundConnections connections, ScriptTransport transport, HealingListener healings) {
		this.connections = connections;
		this.transport = transport;
		this.preloader = new Preloader(transport);
		this.context = new CallContext(transport, this.readOnlySupport, healings, this.preloader::catchUp);
		this.blocking = new BlockingCalls(this.context);
		this.bound = new BoundCalls(connections, this.context, this.blocking);
	}

	@Override
	public PreparedScript prepare(Script script, CallOptions options) {
		return new Prepared(new MethodScript(script, options));
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
		if (this.connections.isBound()) {
			throw new InvalidDataAccessApiUsageException(
					"LuaScripts.pipelined cannot be used where a connection is bound "
							+ "to the thread, as in a SessionCallback, a pipeline or a transaction. Nothing was sent");
		}
		List<ScriptCall> calls = new ArrayList<>(queued.size());
		for (QueuedCall call : queued) {
			calls.add(((Prepared) call.script()).call(call.values()));
		}
		return new PipelinedCalls(this.context).execute(calls);
	}

	/**
	 * One method's script on these servers.
	 */
	private final class Prepared implements PreparedScript {

		private final MethodScript target;

		private final EvalCommand command;

		Prepared(MethodScript target) {
			this.target = target;
			this.command = target.options().readOnly() ? EvalCommand.EVALSHA_RO : EvalCommand.EVALSHA;
		}

		ScriptCall call(CallValues values) {
			EvalCommand command = RedisScriptExecutor.this.readOnlySupport.isMissing() ? this.command.withoutReadOnly()
					: this.command;
			return new ScriptCall(command, this.target, values);
		}

		@Override
		public @Nullable Object execute(CallValues values) {
			ScriptCall call = call(values);
			Object reply = RedisScriptExecutor.this.connections.isBound() ? RedisScriptExecutor.this.bound.execute(call)
					: RedisScriptExecutor.this.blocking.run(call);
			if (reply instanceof ErrorReply error) {
				throw ScriptFailures.of(this.target.script(), this.target.options().method(), error);
			}
			return reply;
		}

		@Override
		public CompletableFuture<@Nullable Object> submit(CallValues values) {
			if (RedisScriptExecutor.this.connections.isBound()) {
				RedisScriptExecutor.this.bound.refuseAsynchronous(this.target);
			}
			return new AsynchronousCall(RedisScriptExecutor.this.context, call(values)).start();
		}

	}

}
