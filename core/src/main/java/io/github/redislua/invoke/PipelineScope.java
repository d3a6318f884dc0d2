package io.github.redislua.invoke;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.redislua.execute.QueuedCall;
import io.github.redislua.execute.ScriptExecutor;

/**
 * The calls that one thread makes inside {@code LuaScripts.pipelined}.
 */
final class PipelineScope {

	// Spares all other calls the look at the thread.
	private static final AtomicInteger OPEN = new AtomicInteger();

	private static final ThreadLocal<PipelineScope> CURRENT = new ThreadLocal<>();

	private final List<ScriptMethod> methods = new ArrayList<>();

	private final List<QueuedCall> calls = new ArrayList<>();

	private final Map<Integer, CompletableFuture<@Nullable Object>> futures = new HashMap<>();

	private PipelineScope() {
	}

	static boolean isAnyOpen() {
		return OPEN.getPlain() != 0;
	}

	static @Nullable PipelineScope current() {
		return CURRENT.get();
	}

	/**
	 * Collects the calls and sends them.
	 * @param runnable makes the calls
	 * @return their results in order
	 */
	static List<@Nullable Object> run(Runnable runnable) {
		if (CURRENT.get() != null) {
			throw new IllegalStateException("LuaScripts.pipelined is running on this thread already");
		}
		PipelineScope scope = new PipelineScope();
		OPEN.incrementAndGet();
		CURRENT.set(scope);
		try {
			runnable.run();
		}
		catch (RuntimeException | Error ex) {
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

	void add(ScriptMethod method, QueuedCall call) {
		this.methods.add(method);
		this.calls.add(call);
	}

	/**
	 * Adds a call of a method that returns a future.
	 * @param method the method
	 * @param call the call
	 * @return completes when the pipeline has been sent
	 */
	CompletableFuture<@Nullable Object> addFuture(ScriptMethod method, QueuedCall call) {
		CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
		this.futures.put(this.calls.size(), future);
		add(method, call);
		return future;
	}

	private List<@Nullable Object> send() {
		Map<ScriptExecutor, List<Integer>> byExecutor = new IdentityHashMap<>();
		for (int i = 0; i < this.calls.size(); i++) {
			byExecutor.computeIfAbsent(this.methods.get(i).executor(), (executor) -> new ArrayList<>()).add(i);
		}
		@Nullable Object[] results = new @Nullable Object[this.calls.size()];
		byExecutor.forEach((executor, positions) -> {
			List<@Nullable Object> replies = executor.executeAll(positions.stream().map(this.calls::get).toList());
			for (int i = 0; i < replies.size(); i++) {
				int position = positions.get(i);
				results[position] = this.methods.get(position).result(replies.get(i));
			}
		});
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
		return list;
	}

	// Nobody is to wait for a pipeline that failed.
	private void abandon() {
		this.futures.values().forEach((future) -> future.cancel(false));
	}

}
