package io.github.redislua.invoke;

import java.util.concurrent.CompletableFuture;

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

	private final @Nullable Delivery delivery;

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
	 * @param delivery how the result is handed over, {@code null} if the method waits for
	 * the reply
	 */
	ScriptMethod(String description, Script script, ScriptExecutor executor, PreparedScript prepared,
			ArgumentBinder binder, ReplyDecoder decoder, ErrorMappings errors, @Nullable Object deferredResult,
			@Nullable Delivery delivery) {
		this.description = description;
		this.script = script;
		this.executor = executor;
		this.prepared = prepared;
		this.binder = binder;
		this.decoder = decoder;
		this.errors = errors;
		this.deferredResult = deferredResult;
		this.delivery = delivery;
	}

	Script script() {
		return this.script;
	}

	ScriptExecutor executor() {
		return this.executor;
	}

	@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		if (this.delivery != null) {
			return deliver(this.delivery, arguments);
		}
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

	private Object deliver(Delivery delivery, @Nullable Object[] arguments) {
		PipelineScope scope = (delivery.isEager() && PipelineScope.isAnyOpen()) ? PipelineScope.current() : null;
		if (scope != null) {
			Values values = bind(arguments);
			return scope.addFuture(this, new QueuedCall(this.prepared, values.values(), values.keyCount()));
		}
		return delivery.deliver(() -> submit(arguments));
	}

	private CompletableFuture<@Nullable Object> submit(@Nullable Object[] arguments) {
		Values values = bind(arguments);
		CompletableFuture<@Nullable Object> call = this.prepared.submit(values.values(), values.keyCount());
		CompletableFuture<@Nullable Object> result = new TypedFuture(call);
		call.whenComplete((reply, ex) -> {
			try {
				if (ex == null) {
					result.complete(decode(reply));
				}
				else {
					result.completeExceptionally(
							(ex instanceof LuaScriptExecutionException error) ? this.errors.map(error) : ex);
				}
			}
			catch (RuntimeException mismatch) {
				result.completeExceptionally(mismatch);
			}
		});
		return result;
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

	/**
	 * A typed result to come. Cancelling it cancels the call.
	 */
	private static final class TypedFuture extends CompletableFuture<@Nullable Object> {

		private final CompletableFuture<@Nullable Object> call;

		TypedFuture(CompletableFuture<@Nullable Object> call) {
			this.call = call;
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			boolean cancelled = super.cancel(mayInterruptIfRunning);
			this.call.cancel(mayInterruptIfRunning);
			return cancelled;
		}

	}

}
