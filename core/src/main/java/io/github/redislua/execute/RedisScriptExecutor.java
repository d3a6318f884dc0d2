package io.github.redislua.execute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.script.Script;

/**
 * Runs scripts on one standalone server (or the master that Sentinel names).
 */
final class RedisScriptExecutor implements ScriptExecutor {

	private final RedisConnectionFactory factory;

	private final ScriptTransport transport;

	private final ScriptLoader loader;

	private final Map<String, LoadState> states = new ConcurrentHashMap<>();

	private volatile boolean readOnlyUnsupported;

	RedisScriptExecutor(RedisConnectionFactory factory, ScriptTransport transport) {
		this.factory = factory;
		this.transport = transport;
		this.loader = new ScriptLoader(transport);
	}

	@Override
	public PreparedScript prepare(Script script, CallOptions options) {
		return new Prepared(new ScriptTarget(script, options), state(script));
	}

	@Override
	public boolean isAsynchronous() {
		return this.transport.isAsynchronous();
	}

	private LoadState state(Script script) {
		return this.states.computeIfAbsent(script.sha1(), (sha1) -> new LoadState());
	}

	@Override
	public PreloadResult preload(Collection<Script> scripts, Duration timeout) {
		// On a thread of its own: to connect may take longer than the caller wants to
		// wait,
		// and the drivers have other limits for that.
		CompletableFuture<PreloadResult> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> result.complete(load(scripts, timeout)), "redis-lua-preload");
		thread.setDaemon(true);
		thread.start();
		try {
			return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return failed(new QueryTimeoutException("Interrupted", ex));
		}
		catch (ExecutionException | TimeoutException ex) {
			return failed(new QueryTimeoutException("No answer within " + timeout.toMillis() + " ms"));
		}
	}

	private PreloadResult failed(RuntimeException reason) {
		return new PreloadResult(Map.of(), Map.of(this.transport.node(), reason), Map.of());
	}

	private PreloadResult load(Collection<Script> scripts, Duration timeout) {
		Map<Script, LuaScriptExecutionException> rejected = new LinkedHashMap<>();
		try {
			int loaded = scripts.isEmpty() ? 0 : load(missing(scripts, timeout), timeout, rejected);
			return new PreloadResult(Map.of(this.transport.node(), loaded), Map.of(), rejected);
		}
		catch (RuntimeException ex) {
			return failed(ex);
		}
	}

	private List<Script> missing(Collection<Script> scripts, Duration timeout) {
		byte[][] exists = Resp.scriptExists(scripts);
		Object reply = this.transport.pipeline(timeout, List.<byte[][]>of(exists)).get(0);
		if (!(reply instanceof List<?> answers) || answers.size() != scripts.size()) {
			// Forbidden, say: loading again does no harm.
			return List.copyOf(scripts);
		}
		List<Script> missing = new ArrayList<>();
		int i = 0;
		for (Script script : scripts) {
			if (!Long.valueOf(1).equals(answers.get(i++))) {
				missing.add(script);
			}
			else {
				state(script).loaded();
			}
		}
		return missing;
	}

	private int load(List<Script> scripts, Duration timeout, Map<Script, LuaScriptExecutionException> rejected) {
		if (scripts.isEmpty()) {
			return 0;
		}
		List<byte[][]> commands = scripts.stream().map(Resp::scriptLoad).toList();
		List<@Nullable Object> replies = this.transport.pipeline(timeout, commands);
		int loaded = 0;
		LuaScriptExecutionException refusal = null;
		for (int i = 0; i < replies.size(); i++) {
			Script script = scripts.get(i);
			if (!(replies.get(i) instanceof ErrorReply error)) {
				state(script).loaded();
				loaded++;
			}
			else if (error.isRejection()) {
				rejected.put(script, ScriptFailures.of(script, null, error));
			}
			else {
				refusal = ScriptFailures.of(script, null, error);
			}
		}
		if (refusal != null) {
			throw refusal;
		}
		return loaded;
	}

	@Override
	public List<@Nullable Object> executeAll(List<QueuedCall> queued) {
		if (BoundConnections.isBound(this.factory)) {
			throw new InvalidDataAccessApiUsageException(
					"LuaScripts.pipelined cannot be used where a connection is bound "
							+ "to the thread, as in a SessionCallback, a pipeline or a transaction. Nothing was sent");
		}
		List<ScriptCall> calls = new ArrayList<>(queued.size());
		List<byte[][]> commands = new ArrayList<>(queued.size() * 2);
		List<Integer> positions = new ArrayList<>(queued.size());
		Set<String> carried = new HashSet<>();
		for (QueuedCall call : queued) {
			ScriptCall scriptCall = ((Prepared) call.script()).call(call.values(), call.keyCount());
			if (carried.add(scriptCall.target().script().sha1())) {
				commands.add(Resp.scriptLoad(scriptCall.target().script()));
			}
			positions.add(commands.size());
			commands.add(scriptCall.toArguments());
			calls.add(scriptCall);
		}
		List<@Nullable Object> replies = this.transport.pipeline(null, commands);
		List<@Nullable Object> results = new ArrayList<>(calls.size());
		for (int i = 0; i < calls.size(); i++) {
			ScriptCall call = calls.get(i);
			results.add(result((Prepared) queued.get(i).script(), call, replies.get(positions.get(i))));
		}
		return results;
	}

	private @Nullable Object result(Prepared script, ScriptCall call, @Nullable Object reply) {
		if (!(reply instanceof ErrorReply error)) {
			return reply;
		}
		try {
			// The server refused SCRIPT LOAD, or EVALSHA_RO: the call did not run.
			Object recovered = script.recover(call, error, script.state.generation());
			return (recovered instanceof ErrorReply again) ? script.failure(again) : recovered;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	/**
	 * One method's script on this server.
	 */
	private final class Prepared implements PreparedScript {

		private final ScriptTarget target;

		private final LoadState state;

		private final EvalCommand command;

		Prepared(ScriptTarget target, LoadState state) {
			this.target = target;
			this.state = state;
			this.command = target.options().readOnly() ? EvalCommand.EVALSHA_RO : EvalCommand.EVALSHA;
		}

		@Override
		public @Nullable Object execute(byte[][] values, int keyCount) {
			if (BoundConnections.isBound(RedisScriptExecutor.this.factory)) {
				return executeBound(values, keyCount);
			}
			Object reply = attempt(call(values, keyCount));
			if (reply instanceof ErrorReply error) {
				throw failure(error);
			}
			return reply;
		}

		ScriptCall call(byte[][] values, int keyCount) {
			return new ScriptCall(command(), this.target, values, keyCount);
		}

		private EvalCommand command() {
			return RedisScriptExecutor.this.readOnlyUnsupported ? this.command.withoutReadOnly() : this.command;
		}

		private @Nullable Object attempt(ScriptCall call) {
			try {
				return run(call);
			}
			catch (RedisConnectionFailureException | QueryTimeoutException ex) {
				if (!this.target.options().idempotent()) {
					throw ex;
				}
				return run(call);
			}
		}

		private @Nullable Object run(ScriptCall call) {
			int seen = this.state.generation();
			Object reply = RedisScriptExecutor.this.transport.send(call);
			return (reply instanceof ErrorReply error) ? recover(call, error, seen) : reply;
		}

		@Nullable Object recover(ScriptCall call, ErrorReply error, int seen) {
			if (RedisScriptExecutor.this.loader.isMissing(error, this.target.script())) {
				return RedisScriptExecutor.this.loader.heal(call, this.state, seen);
			}
			if (call.command().isReadOnly() && error.isUnknownCommand(call.command().name())) {
				RedisScriptExecutor.this.readOnlyUnsupported = true;
				return run(call.with(call.command().withoutReadOnly()));
			}
			return error;
		}

		private @Nullable Object executeBound(byte[][] values, int keyCount) {
			RedisConnectionFactory factory = RedisScriptExecutor.this.factory;
			RedisConnection bound = BoundConnections.obtain(factory);
			try {
				RedisConnection connection = BoundConnections.target(bound);
				if (connection.isPipelined() || connection.isQueueing()) {
					return defer(connection, values, keyCount);
				}
				Object reply = runBound(connection, call(values, keyCount));
				if (reply instanceof ErrorReply error) {
					throw failure(error);
				}
				return reply;
			}
			finally {
				BoundConnections.release(bound, factory);
			}
		}

		// With its source: a NOSCRIPT in here would come too late to heal, and in a
		// transaction would leave the other commands done.
		private Object defer(RedisConnection connection, byte[][] values, int keyCount) {
			CallOptions options = this.target.options();
			if (!options.deferrable()) {
				throw new InvalidDataAccessApiUsageException(options.method() + " returns a primitive, but inside a "
						+ (connection.isQueueing() ? "transaction (MULTI)" : "pipeline")
						+ " the reply of a call is not there yet. Nothing was sent. Return the wrapper type, which is "
						+ "null in here, or use LuaScripts.pipelined");
			}
			ScriptCall call = call(values, keyCount);
			RedisScriptExecutor.this.transport.defer(connection, call.with(call.command().withSource()));
			return DEFERRED;
		}

		private @Nullable Object runBound(RedisConnection connection, ScriptCall call) {
			ScriptTransport transport = RedisScriptExecutor.this.transport;
			Object reply = transport.sendBound(connection, call);
			if (!(reply instanceof ErrorReply error)) {
				return reply;
			}
			if (call.command().isReadOnly() && error.isUnknownCommand(call.command().name())) {
				RedisScriptExecutor.this.readOnlyUnsupported = true;
				return runBound(connection, call.with(call.command().withoutReadOnly()));
			}
			if (!RedisScriptExecutor.this.loader.isMissing(error, this.target.script())) {
				return error;
			}
			return transport.sendBound(connection, call.with(call.command().withSource()));
		}

		LuaScriptExecutionException failure(ErrorReply error) {
			return ScriptFailures.of(this.target.script(), this.target.options().method(), error);
		}

	}

}
