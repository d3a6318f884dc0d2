package io.github.redislua.internal.execute.driver;

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
import io.github.redislua.internal.script.Script;

/**
 * In place of servers where there are none.
 */
final class NoServersExecutor implements ScriptExecutor, PreparedScript {

	@Override
	public PreparedScript prepare(Script script, CallOptions options) {
		return this;
	}

	@Override
	public PreloadResult preload(Collection<Script> scripts, List<String> commands, Duration timeout) {
		return new PreloadResult(Map.of(), Map.of(), Map.of(), Map.of(), new ArrayList<>());
	}

	@Override
	public Map<String, Map<String, ScriptState>> states(Collection<Script> scripts, Duration timeout) {
		return Map.of();
	}

	@Override
	public List<@Nullable Object> executeAll(List<QueuedCall> calls) {
		throw failure();
	}

	// What fits neither driver is none of the interface's faults.
	@Override
	public boolean isAsynchronous() {
		return true;
	}

	@Override
	public boolean isCluster() {
		return false;
	}

	@Override
	public @Nullable Object execute(CallValues values) {
		throw failure();
	}

	@Override
	public CompletableFuture<@Nullable Object> submit(CallValues values) {
		throw failure();
	}

	private static RuntimeException failure() {
		return new InvalidDataAccessApiUsageException(
				"LuaRepositoryFactory.offline() is for checks only: there is no server to call");
	}

}
