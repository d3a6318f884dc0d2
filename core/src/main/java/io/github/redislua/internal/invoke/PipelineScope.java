package io.github.redislua.internal.invoke;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaScriptException;
import io.github.redislua.internal.execute.CallValues;
import io.github.redislua.internal.execute.QueuedCall;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.monitor.CallLog;
import io.github.redislua.internal.monitor.CallObserver.ObservedCall;
import io.github.redislua.internal.script.Script;

/**
 * The calls that one thread makes inside {@code LuaScripts.pipelined}.
 */
public final class PipelineScope {

	// Spares all other calls the look at the thread.
	private static final AtomicInteger OPEN = new AtomicInteger();

	private static final ThreadLocal<PipelineScope> CURRENT = new ThreadLocal<>();

	private final List<Call> calls = new ArrayList<>();

	private final Map<Integer, CompletableFuture<@Nullable Object>> futures = new HashMap<>();

	private PipelineScope() {
	}

	public static boolean isAnyOpen() {
		return OPEN.getPlain() != 0;
	}

	public static @Nullable PipelineScope current() {
		return CURRENT.get();
	}

	/**
	 * Collects the calls and sends them.
	 * @param runnable makes the calls
	 * @return their results in order
	 */
	public static List<@Nullable Object> run(Runnable runnable) {
		if (CURRENT.get() != null) {
			throw new IllegalStateException("LuaScripts.pipelined is running on this thread already");
		}
		PipelineScope scope = new PipelineScope();
		OPEN.incrementAndGet();
		CURRENT.set(scope);
		try {
			runnable.run();
		}
		catch (Throwable ex) {
			// Kotlin throws checked exceptions, too.
			scope.abandon();
			throw ex;
		}
		finally {
			CURRENT.remove();
			OPEN.decrementAndGet();
		}
		try {
			return scope.send();
		}
		finally {
			scope.abandon();
		}
	}

	public void add(ScriptMethod method, ReadyScript script, CallValues values) {
		this.calls.add(new Call(method, script.script(), new QueuedCall(script.prepared(), values)));
	}

	/**
	 * Adds a call of a method that returns a future.
	 * @param method the method
	 * @param script its script
	 * @param values the keys and the arguments
	 * @return completes when the pipeline has been sent
	 */
	public CompletableFuture<@Nullable Object> addFuture(ScriptMethod method, ReadyScript script, CallValues values) {
		CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
		this.futures.put(this.calls.size(), future);
		add(method, script, values);
		return future;
	}

	private List<@Nullable Object> send() {
		// Those that were called first go out first.
		Map<ScriptExecutor, List<Integer>> byExecutor = new LinkedHashMap<>();
		for (int i = 0; i < this.calls.size(); i++) {
			byExecutor.computeIfAbsent(this.calls.get(i).method().executor(), (executor) -> new ArrayList<>()).add(i);
		}
		@Nullable Object[] results = new @Nullable Object[this.calls.size()];
		byExecutor.forEach((executor, positions) -> send(executor, positions, results));
		List<@Nullable Object> list = new ArrayList<>(results.length);
		for (Object result : results) {
			CompletableFuture<@Nullable Object> future = this.futures.remove(list.size());
			if (future != null && result instanceof Throwable ex) {
				future.completeExceptionally(ex);
			}
			else if (future != null) {
				future.complete(result);
			}
			list.add(result);
		}
		requireAny(list);
		return list;
	}

	// An outage must not be overlooked in a list that nobody reads: no call has a result.
	// What has one keeps it, even if another server is away.
	private static void requireAny(List<@Nullable Object> results) {
		for (Object result : results) {
			if (!(result instanceof RuntimeException ex) || !isOutage(ex)) {
				return;
			}
		}
		if (!results.isEmpty() && results.get(0) instanceof RuntimeException ex) {
			throw ex;
		}
	}

	private static boolean isOutage(RuntimeException ex) {
		return ex instanceof DataAccessException && !(ex instanceof LuaScriptException);
	}

	private void send(ScriptExecutor executor, List<Integer> positions, @Nullable Object[] results) {
		List<Call> calls = positions.stream().map(this.calls::get).toList();
		// Not current on the thread: what the driver sends is a part of all of them.
		List<@Nullable ObservedCall> observed = new ArrayList<>(calls.size());
		calls.forEach((call) -> observed.add(call.method().sending()));
		long start = CallLog.start();
		List<@Nullable Object> replies;
		try {
			replies = executor.executeAll(calls.stream().map(Call::queued).toList());
		}
		catch (RuntimeException ex) {
			// The application's mistake, keys in several slots for example: nothing was
			// sent.
			replies = Collections.nCopies(calls.size(), ex);
		}
		for (int i = 0; i < calls.size(); i++) {
			Call call = calls.get(i);
			CallLog.end(start, call.script());
			results[positions.get(i)] = call.method().result(replies.get(i), observed.get(i));
		}
	}

	// Nobody is to wait for a pipeline that failed.
	private void abandon() {
		this.futures.values().forEach((future) -> future.cancel(false));
	}

	/**
	 * A call that waits to be sent.
	 *
	 * @param method the method
	 * @param script its script
	 * @param queued the call
	 */
	private record Call(ScriptMethod method, Script script, QueuedCall queued) {

	}

}
