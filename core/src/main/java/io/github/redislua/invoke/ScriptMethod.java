package io.github.redislua.invoke;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.codec.ArgumentException;
import io.github.redislua.codec.ReplyDecoder;
import io.github.redislua.codec.ReplyMismatchException;
import io.github.redislua.execute.PreparedScript;
import io.github.redislua.execute.QueuedCall;
import io.github.redislua.execute.ScriptExecutor;
import io.github.redislua.invoke.ArgumentBinder.Values;
import io.github.redislua.script.Script;

/**
 * A Java method as a call of a script, with nothing left to decide but the values.
 */
final class ScriptMethod {

	private final String description;

	private final Script script;

	private final ScriptExecutor executor;

	private final PreparedScript prepared;

	private final ArgumentBinder binder;

	private final ReplyDecoder decoder;

	private final ErrorMappings errors;

	private final @Nullable Object deferredResult;

	/**
	 * Create a new method.
	 * @param description the method, for messages
	 * @param script the script
	 * @param executor the executor that made the script ready
	 * @param prepared the script, ready
	 * @param binder makes the values of a call
	 * @param decoder makes the result of a reply
	 * @param errors the application's own exceptions
	 * @param deferredResult what to return in a pipeline: {@code null}, or a primitive's
	 * zero
	 */
	ScriptMethod(String description, Script script, ScriptExecutor executor, PreparedScript prepared,
			ArgumentBinder binder, ReplyDecoder decoder, ErrorMappings errors, @Nullable Object deferredResult) {
		this.description = description;
		this.script = script;
		this.executor = executor;
		this.prepared = prepared;
		this.binder = binder;
		this.decoder = decoder;
		this.errors = errors;
		this.deferredResult = deferredResult;
	}

	Script script() {
		return this.script;
	}

	ScriptExecutor executor() {
		return this.executor;
	}

	@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		Values values = bind(arguments);
		if (PipelineScope.isAnyOpen()) {
			PipelineScope scope = PipelineScope.current();
			if (scope != null) {
				scope.add(this, new QueuedCall(this.prepared, values.values(), values.keyCount()));
				return this.deferredResult;
			}
		}
		Object reply;
		try {
			reply = this.prepared.execute(values.values(), values.keyCount());
		}
		catch (LuaScriptExecutionException ex) {
			throw this.errors.map(ex);
		}
		return (reply == PreparedScript.DEFERRED) ? null : decode(reply);
	}

	/**
	 * The result of a call that went out in a pipeline.
	 * @param reply the neutral reply or an exception
	 * @return the typed result or an exception
	 */
	@Nullable Object result(@Nullable Object reply) {
		try {
			if (reply instanceof LuaScriptExecutionException ex) {
				return this.errors.map(ex);
			}
			return (reply instanceof RuntimeException) ? reply : decode(reply);
		}
		catch (LuaScriptReplyException ex) {
			return ex;
		}
	}

	private Values bind(@Nullable Object[] arguments) {
		try {
			return this.binder.bind(arguments);
		}
		catch (ArgumentException ex) {
			throw new IllegalArgumentException(this.description + " cannot call script '" + this.script.name() + "': "
					+ ex.getMessage() + ". Nothing was sent", ex.getCause());
		}
	}

	private @Nullable Object decode(@Nullable Object reply) {
		try {
			return this.decoder.decode(reply);
		}
		catch (ReplyMismatchException ex) {
			throw new LuaScriptReplyException(
					"Script '" + this.script.name() + "' did run, but its reply does not fit " + this.description
							+ ": expected " + ex.getExpected() + " but got " + ex.getActual(),
					this.script.name(), ex.getExpected(), ex.getActual(), ex.getCause());
		}
	}

	@Override
	public String toString() {
		return this.description + " -> " + this.script;
	}

}
