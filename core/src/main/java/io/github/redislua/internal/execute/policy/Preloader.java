package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.internal.codec.MapReply;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.execute.ScriptState;
import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.Script;

/**
 * Loads scripts before anybody calls them, and asks which are there: on all servers at
 * once, each on a thread of its own, because to connect may take longer than the caller
 * wants to wait and the drivers have other limits for that.
 */
final class Preloader {

	private static final Log logger = LogFactory.getLog(Preloader.class);

	/**
	 * A server is not caught up on more often than that, should somebody keep flushing.
	 */
	private static final long CATCH_UP_PAUSE = TimeUnit.SECONDS.toNanos(10);

	private final ScriptTransport transport;

	private final Map<ScriptNode, Long> caughtUp = new ConcurrentHashMap<>();

	private volatile @Nullable Wanted wanted;

	Preloader(ScriptTransport transport) {
		this.transport = transport;
	}

	/**
	 * Loads the scripts that the servers miss.
	 * @param scripts the scripts
	 * @param commands the commands that one of the servers is asked for, possibly none
	 * @param timeout how long to wait for each server
	 * @return what happened
	 */
	PreloadResult preload(Collection<Script> scripts, List<String> commands, Duration timeout) {
		PreloadResult result = new PreloadResult(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
				new LinkedHashMap<>(), new ArrayList<>());
		this.wanted = new Wanted(List.copyOf(scripts), timeout);
		long until = until(timeout);
		List<PreloadTarget> targets;
		try {
			targets = nodes(until);
		}
		catch (RuntimeException ex) {
			result.failed().put(this.transport.description(), ex);
			return result;
		}
		Map<PreloadTarget, CompletableFuture<Loaded>> pending = new LinkedHashMap<>();
		for (PreloadTarget target : targets) {
			List<String> asked = pending.isEmpty() ? commands : List.of();
			pending.put(target, async(() -> load(target.node(), scripts, asked, until)));
		}
		pending.forEach((target, future) -> {
			String node = target.node().name();
			try {
				Loaded loaded = await(future, until);
				result.loaded().put(node, loaded.count());
				loaded.rejected().forEach(result.rejected()::putIfAbsent);
				result.commands().addAll(loaded.commands());
			}
			catch (RuntimeException ex) {
				(target.replica() ? result.failedReplicas() : result.failed()).put(node, ex);
			}
		});
		return result;
	}

	/**
	 * Loads all scripts on a server that missed one, in the background: it has come to
	 * the cluster since, was started again or has taken over from another. Does nothing
	 * if no script was loaded beforehand.
	 * @param node the server
	 */
	void catchUp(ScriptNode node) {
		Wanted wanted = this.wanted;
		if (wanted == null) {
			return;
		}
		long now = System.nanoTime();
		// Servers come and go.
		this.caughtUp.values().removeIf((time) -> now - time >= CATCH_UP_PAUSE);
		if (this.caughtUp.putIfAbsent(node, now) != null) {
			return;
		}
		async(() -> load(node, wanted.scripts(), List.of(), until(wanted.timeout()))).exceptionally((ex) -> {
			logger.debug("Not all scripts could be loaded on " + node, ex);
			return Loaded.NOTHING;
		});
	}

	/**
	 * Asks the servers for scripts.
	 * @param scripts the scripts
	 * @param timeout how long to wait for all servers together
	 * @return the states by the name of the script, by server
	 */
	Map<String, Map<String, ScriptState>> states(Collection<Script> scripts, Duration timeout) {
		long until = until(timeout);
		Map<String, Map<String, ScriptState>> result = new TreeMap<>();
		List<Script> list = List.copyOf(scripts);
		Map<String, CompletableFuture<List<ScriptState>>> pending = new LinkedHashMap<>();
		try {
			for (PreloadTarget target : nodes(until)) {
				pending.put(target.node().name(), async(() -> ask(target.node(), list, until)));
			}
		}
		catch (RuntimeException ex) {
			pending.put(this.transport.description(), CompletableFuture.failedFuture(ex));
		}
		pending.forEach((node, future) -> {
			List<ScriptState> states = null;
			try {
				states = await(future, until);
			}
			catch (RuntimeException ex) {
				// That is what UNREACHABLE says.
			}
			for (int i = 0; i < list.size(); i++) {
				result.computeIfAbsent(list.get(i).name(), (name) -> new LinkedHashMap<>())
					.put(node, (states != null) ? states.get(i) : ScriptState.UNREACHABLE);
			}
		});
		return result;
	}

	private List<PreloadTarget> nodes(long until) {
		await(this.transport.connect(), until);
		return await(async(this.transport::nodes), until);
	}

	private static List<ScriptState> ask(ScriptNode node, List<Script> scripts, long until) {
		List<Boolean> present = present(
				reply(node.sendAll(List.<byte[][]>of(Resp.scriptExists(scripts)), until).get(0)), scripts);
		if (present == null) {
			return scripts.stream().map((script) -> ScriptState.UNREACHABLE).toList();
		}
		return present.stream().map((loaded) -> loaded ? ScriptState.LOADED : ScriptState.MISSING).toList();
	}

	private static Loaded load(ScriptNode node, Collection<Script> scripts, List<String> commands, long until) {
		if (scripts.isEmpty()) {
			return Loaded.NOTHING;
		}
		List<Script> list = List.copyOf(scripts);
		List<byte[][]> questions = new ArrayList<>(List.<byte[][]>of(Resp.scriptExists(list)));
		if (!commands.isEmpty()) {
			questions.add(Resp.commandInfo(commands));
		}
		List<@Nullable Object> answers = node.sendAll(questions, until);
		List<Boolean> present = present(reply(answers.get(0)), list);
		// Nobody needs it: what came in place of an answer is none.
		List<@Nullable Object> known = (answers.size() > 1 && plain(answers.get(1)) instanceof List<?> infos)
				? new ArrayList<>(infos) : List.of();
		List<Script> missing = new ArrayList<>();
		for (int i = 0; i < list.size(); i++) {
			// Where the question is forbidden, say, loading again does no harm.
			if (present != null && present.get(i)) {
				node.state(list.get(i)).loaded();
			}
			else {
				missing.add(list.get(i));
			}
		}
		return missing.isEmpty() ? new Loaded(0, Map.of(), known) : loadMissing(node, missing, known, until);
	}

	// RESP3 has maps where RESP2 has fields and values in turn.
	private static @Nullable Object plain(@Nullable Object reply) {
		if (reply instanceof MapReply map) {
			return plain(map.entries());
		}
		if (!(reply instanceof List<?> list)) {
			return reply;
		}
		List<@Nullable Object> elements = new ArrayList<>(list.size());
		for (Object element : list) {
			elements.add(plain(element));
		}
		return elements;
	}

	private static @Nullable List<Boolean> present(@Nullable Object reply, List<Script> scripts) {
		if (!(reply instanceof List<?> answers) || answers.size() != scripts.size()) {
			return null;
		}
		return answers.stream().map(Long.valueOf(1)::equals).toList();
	}

	private static Loaded loadMissing(ScriptNode node, List<Script> scripts, List<@Nullable Object> known, long until) {
		List<byte[][]> commands = scripts.stream().map(Resp::scriptLoad).toList();
		List<@Nullable Object> replies = node.sendAll(commands, until);
		Map<Script, LuaScriptExecutionException> rejected = new LinkedHashMap<>();
		int loaded = 0;
		RuntimeException refusal = null;
		for (int i = 0; i < replies.size(); i++) {
			Script script = scripts.get(i);
			if (!(reply(replies.get(i)) instanceof ErrorReply error)) {
				node.state(script).loaded();
				loaded++;
			}
			else if (error.isRejection()) {
				rejected.put(script, ScriptFailures.rejected(script, error));
			}
			else {
				refusal = ScriptFailures.of(script, null, error);
			}
		}
		if (refusal != null) {
			throw refusal;
		}
		return new Loaded(loaded, rejected, known);
	}

	private static @Nullable Object reply(@Nullable Object reply) {
		if (reply instanceof CallFailure failure) {
			throw failure;
		}
		return reply;
	}

	private static long until(Duration timeout) {
		return System.nanoTime() + CallContext.limit(timeout.toNanos());
	}

	private static <T> CompletableFuture<T> async(Supplier<T> task) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(task.get());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, "redis-lua-preload");
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	private static <T> T await(CompletableFuture<T> future, long until) {
		try {
			return future.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new QueryTimeoutException("Interrupted", ex);
		}
		catch (TimeoutException ex) {
			throw new QueryTimeoutException("No answer in time");
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof CallFailure failure) {
				throw ScriptFailures.of(failure);
			}
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * What became of one server.
	 *
	 * @param count the number of scripts that it had to load
	 * @param rejected the scripts that it refused to compile
	 * @param commands what it knows of commands, empty if it was not asked
	 */
	private record Loaded(int count, Map<Script, LuaScriptExecutionException> rejected,
			List<@Nullable Object> commands) {

		static final Loaded NOTHING = new Loaded(0, Map.of(), List.of());

	}

	/**
	 * What was to be loaded.
	 *
	 * @param scripts the scripts
	 * @param timeout how long to wait for each server
	 */
	private record Wanted(List<Script> scripts, Duration timeout) {

	}

}
