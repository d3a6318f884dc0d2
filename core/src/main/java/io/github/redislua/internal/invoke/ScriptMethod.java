package io.github.redislua.internal.invoke;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.LuaScriptUnavailableException;
import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.reply.ReplyDecoder;
import io.github.redislua.internal.codec.reply.ReplyMismatchException;
import io.github.redislua.internal.execute.CallValues;
import io.github.redislua.internal.execute.PreparedScript;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.invoke.delivery.Delivery;
import io.github.redislua.internal.monitor.CallLog;
import io.github.redislua.internal.monitor.CallObserver;
import io.github.redislua.internal.monitor.CallObserver.ObservedCall;
import io.github.redislua.internal.monitor.CallObserver.Scope;
import io.github.redislua.internal.monitor.ScriptCounters;
import io.github.redislua.internal.script.Script;

/**
 * A Java method as a call of a script, with nothing left to decide but the values.
 */
public final class ScriptMethod {

	private final String description;

	private final ScriptExecutor executor;

	private final ArgumentBinder binder;

	private final ReplyDecoder decoder;

	private final ErrorMappings errors;

	private final @Nullable Object deferredResult;

	private final @Nullable Delivery delivery;

	private final ScriptCounters counters;

	private final @Nullable CallObserver observer;

	// Replaced when the file is changed; a call stays with the one that it began with.
	private volatile ReadyScript ready;

	/**
	 * Create a new method.
	 * @param description the method, for messages
	 * @param ready the script, ready
	 * @param executor the executor that made the script ready
	 * @param binder makes the values of a call
	 * @param decoder makes the result of a reply
	 * @param errors the application's own exceptions
	 * @param deferredResult what to return in a pipeline: {@code null}, or a primitive's
	 * zero
	 * @param delivery how the result is handed over, {@code null} if the method waits for
	 * the reply
	 * @param counters the counters of the script
	 * @param observer observes the calls, {@code null} if nobody wants to know
	 */
	public ScriptMethod(String description, ReadyScript ready, ScriptExecutor executor, ArgumentBinder binder,
			ReplyDecoder decoder, ErrorMappings errors, @Nullable Object deferredResult, @Nullable Delivery delivery,
			ScriptCounters counters, @Nullable CallObserver observer) {
		this.description = description;
		this.ready = ready;
		this.executor = executor;
		this.binder = binder;
		this.decoder = decoder;
		this.errors = errors;
		this.deferredResult = deferredResult;
		this.delivery = delivery;
		this.counters = counters;
		this.observer = observer;
	}

	public String description() {
		return this.description;
	}

	public Script script() {
		return this.ready.script();
	}

	/**
	 * Makes another script ready to take the place of the method's own.
	 * @param script a script of the same name
	 * @return puts it in its place
	 */
	public Runnable replacement(Script script) {
		ReadyScript replacement = this.ready.with(script, this.executor);
		return () -> this.ready = replacement;
	}

	public ArgumentBinder binder() {
		return this.binder;
	}

	public ScriptExecutor executor() {
		return this.executor;
	}

	public @Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		if (this.delivery != null) {
			return this.delivery.result(deliver(this.delivery, arguments), arguments);
		}
		CallValues values = bind(arguments);
		if (PipelineScope.isAnyOpen()) {
			PipelineScope scope = PipelineScope.current();
			if (scope != null) {
				scope.add(this, this.ready, values);
				return this.deferredResult;
			}
		}
		try {
			return (this.observer != null) ? execute(values, this.observer) : execute(values);
		}
		catch (LuaScriptExecutionException | LuaScriptUnavailableException ex) {
			throw this.errors.map(ex);
		}
	}

	private @Nullable Object execute(CallValues values) {
		ReadyScript ready = this.ready;
		long start = CallLog.start();
		try {
			Object reply = ready.prepared().execute(values);
			Object result = (reply == PreparedScript.DEFERRED) ? null : decode(reply);
			this.counters.succeeded();
			return result;
		}
		catch (RuntimeException | Error ex) {
			this.counters.failed();
			throw ex;
		}
		finally {
			CallLog.end(start, ready.script());
		}
	}

	@SuppressWarnings("try") // the scope is there to be closed
	private @Nullable Object execute(CallValues values, CallObserver observer) {
		ObservedCall call = observer.start(null);
		if (call == null) {
			return execute(values);
		}
		Object result;
		try (Scope scope = call.open()) {
			result = execute(values);
		}
		catch (RuntimeException | Error ex) {
			call.failed(ex);
			throw ex;
		}
		call.succeeded();
		return result;
	}

	private Object deliver(Delivery delivery, @Nullable Object[] arguments) {
		PipelineScope scope = (delivery.isEager() && PipelineScope.isAnyOpen()) ? PipelineScope.current() : null;
		if (scope != null) {
			return scope.addFuture(this, this.ready, bind(arguments));
		}
		CallObserver observer = this.observer;
		return (observer != null) ? delivery.deliverObserved((parent) -> submit(arguments, observer, parent))
				: delivery.deliver(() -> submit(bind(arguments), null));
	}

	@SuppressWarnings("try") // as above
	private CompletableFuture<@Nullable Object> submit(@Nullable Object[] arguments, CallObserver observer,
			@Nullable Object parent) {
		CallValues values = bind(arguments);
		ObservedCall call = observer.start(parent);
		if (call == null) {
			return submit(values, null);
		}
		try (Scope scope = call.open()) {
			return submit(values, call);
		}
	}

	private CompletableFuture<@Nullable Object> submit(CallValues values, @Nullable ObservedCall observed) {
		ReadyScript ready = this.ready;
		long start = CallLog.start();
		CompletableFuture<@Nullable Object> call;
		try {
			call = ready.prepared().submit(values);
		}
		catch (RuntimeException ex) {
			CallLog.end(start, ready.script());
			failed(ex, observed);
			throw ex;
		}
		CompletableFuture<@Nullable Object> result = new TypedFuture(call);
		call.whenComplete((reply, ex) -> {
			CallLog.end(start, ready.script());
			complete(result, reply, ex, observed);
		});
		return result;
	}

	private void complete(CompletableFuture<@Nullable Object> result, @Nullable Object reply, @Nullable Throwable ex,
			@Nullable ObservedCall observed) {
		Object value = null;
		Throwable failure = ex;
		if (failure == null) {
			try {
				value = decode(reply);
			}
			catch (RuntimeException | Error mismatch) {
				failure = mismatch;
			}
		}
		// Whoever observes may fail, and nobody is to wait for ever because of that.
		if (failure == null) {
			try {
				succeeded(observed);
			}
			finally {
				result.complete(value);
			}
		}
		else {
			try {
				failed(failure, observed);
			}
			finally {
				result.completeExceptionally(this.errors.map(failure));
			}
		}
	}

	/**
	 * A pipeline with a call of this method is about to be sent.
	 * @return the call, {@code null} if nobody wants to know of it
	 */
	public @Nullable ObservedCall sending() {
		return (this.observer != null) ? this.observer.start(null) : null;
	}

	/**
	 * The result of a call that went out in a pipeline.
	 * @param reply the neutral reply or an exception
	 * @param observed the call as it is observed
	 * @return the typed result or an exception
	 */
	public @Nullable Object result(@Nullable Object reply, @Nullable ObservedCall observed) {
		Object result;
		try {
			result = (reply instanceof RuntimeException) ? reply : decode(reply);
		}
		catch (LuaScriptReplyException ex) {
			result = ex;
		}
		if (!(result instanceof RuntimeException failure)) {
			succeeded(observed);
			return result;
		}
		failed(failure, observed);
		return this.errors.map(failure);
	}

	private void succeeded(@Nullable ObservedCall observed) {
		this.counters.succeeded();
		if (observed != null) {
			observed.succeeded();
		}
	}

	/**
	 * A call has no result.
	 * @param failure why
	 * @param observed the call as it is observed
	 */
	public void failed(Throwable failure, @Nullable ObservedCall observed) {
		this.counters.failed();
		if (observed != null) {
			observed.failed(failure);
		}
	}

	private CallValues bind(@Nullable Object[] arguments) {
		try {
			return this.binder.bind(arguments);
		}
		catch (ArgumentException ex) {
			throw new IllegalArgumentException(this.description + " cannot call script '" + script().name() + "': "
					+ ex.getMessage() + ". Nothing was sent", ex.getCause());
		}
	}

	private @Nullable Object decode(@Nullable Object reply) {
		try {
			return this.decoder.decode(reply);
		}
		catch (ReplyMismatchException ex) {
			throw new LuaScriptReplyException(
					"Script '" + script().name() + "' did run, but its reply does not fit " + this.description
							+ ": expected " + ex.getExpected() + " but got " + ex.getActual(),
					script().name(), ex.getExpected(), ex.getActual(), ex.getCause());
		}
	}

	@Override
	public String toString() {
		return this.description + " -> " + script();
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
