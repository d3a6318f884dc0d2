package io.github.redislua.internal.repository;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.execute.ScriptState;
import io.github.redislua.internal.script.Script;

/**
 * Asks the servers of all connection factories at once which scripts they have.
 */
final class NodeStates {

	private NodeStates() {
	}

	static Map<String, Map<String, ScriptState>> ask(Map<ScriptExecutor, Set<Script>> scripts, Duration timeout) {
		// With one connection factory, which is nearly always, on the caller's thread.
		Executor threads = (scripts.size() > 1) ? NodeStates::start : Runnable::run;
		List<CompletableFuture<Map<String, Map<String, ScriptState>>>> pending = new ArrayList<>();
		scripts.forEach((executor, its) -> pending
			.add(CompletableFuture.supplyAsync(() -> executor.states(its, timeout), threads)));
		Map<String, Map<String, ScriptState>> result = new TreeMap<>();
		for (CompletableFuture<Map<String, Map<String, ScriptState>>> states : pending) {
			states.join()
				.forEach((script, nodes) -> nodes.forEach(
						(node, state) -> result.computeIfAbsent(script, (name) -> new TreeMap<>()).put(node, state)));
		}
		return result;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "redis-lua-states");
		thread.setDaemon(true);
		thread.start();
	}

}
