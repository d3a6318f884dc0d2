package io.github.redislua.execute;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.redislua.script.Script;

/**
 * Heals a call that found its script missing, which is safe because such a call did not
 * run: {@code SCRIPT LOAD} and the call again, in one trip and on one connection.
 */
final class ScriptLoader {

	private static final Log logger = LogFactory.getLog(ScriptLoader.class);

	/**
	 * How often a call waits for other threads' loads before it brings the script itself.
	 */
	private static final int ROUNDS = 3;

	/**
	 * How long a refused {@code SCRIPT LOAD} is remembered.
	 */
	private static final long REFUSAL = TimeUnit.MINUTES.toNanos(1);

	private static final long MAX_WAIT = TimeUnit.MINUTES.toNanos(1);

	private final ScriptTransport transport;

	private volatile boolean refused;

	private volatile long refusedAt;

	ScriptLoader(ScriptTransport transport) {
		this.transport = transport;
	}

	/**
	 * Runs a call whose script is missing.
	 * @param call the call
	 * @param state what is known of the script
	 * @param seen the generation that was read before the call was sent
	 * @return the reply, or the error that is the caller's
	 */
	@Nullable Object heal(ScriptCall call, LoadState state, int seen) {
		int generation = seen;
		for (int round = 0; round < ROUNDS; round++) {
			CompletableFuture<Void> others = state.enter(generation);
			if (others == null) {
				return loadAndRunInTurn(call, state);
			}
			await(others, call.options().timeout());
			generation = state.generation();
			Object reply = this.transport.send(call);
			if (!isMissing(reply, call.target().script())) {
				return reply;
			}
		}
		// Somebody keeps flushing: no more waiting for one's turn.
		return loadAndRun(call, state);
	}

	private @Nullable Object loadAndRunInTurn(ScriptCall call, LoadState state) {
		try {
			return loadAndRun(call, state);
		}
		finally {
			state.finish(false);
		}
	}

	private @Nullable Object loadAndRun(ScriptCall call, LoadState state) {
		if (isRefused()) {
			return runBySource(call, state);
		}
		Script script = call.target().script();
		List<@Nullable Object> replies = this.transport.pipeline(call.options().timeout(),
				List.of(Resp.scriptLoad(script), call.toArguments()));
		Object reply = replies.get(1);
		if (!(replies.get(0) instanceof ErrorReply error)) {
			state.loaded();
			logger.info("Loaded script '" + script.name() + "' (" + script.sha1() + ") on " + this.transport.node()
					+ ", which did not know it");
			// One trip is no transaction: a flush may come in between.
			return isMissing(reply, script) ? runBySource(call, state) : reply;
		}
		if (!isMissing(reply, script)) {
			// Somebody else has loaded it, and the call has run.
			return reply;
		}
		if (!isRefusal(error)) {
			return error;
		}
		remember(error);
		return runBySource(call, state);
	}

	private @Nullable Object runBySource(ScriptCall call, LoadState state) {
		Object reply = this.transport.send(call.with(call.command().withSource()));
		if (!(reply instanceof ErrorReply error) || error.nested() || error.raisedInScript()) {
			// The script ran, and so it is in the cache now.
			state.loaded();
		}
		return reply;
	}

	/**
	 * Whether a reply says that the server does not know the script. Only then it did not
	 * run: a script may itself return an error that begins with {@code NOSCRIPT}, and
	 * must not run twice for that.
	 * @param reply the reply
	 * @param script the script
	 * @return {@code true} if the script did not run
	 */
	boolean isMissing(@Nullable Object reply, Script script) {
		if (!(reply instanceof ErrorReply error) || !error.hasCode("NOSCRIPT") || error.raisedInScript()) {
			return false;
		}
		if (error.text().startsWith("NOSCRIPT No matching script") && !script.mentions("NOSCRIPT")) {
			return true;
		}
		Object exists = this.transport.pipeline(null, List.<byte[][]>of(Resp.scriptExists(List.of(script)))).get(0);
		return exists instanceof List<?> answers && Long.valueOf(0).equals(answers.get(0));
	}

	// The server cannot do anything now, by source or otherwise, or the script is wrong.
	private static boolean isRefusal(ErrorReply error) {
		return switch (error.code()) {
			case "BUSY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "ASK", "TRYAGAIN", "NOAUTH" -> false;
			default -> !error.isRejection();
		};
	}

	private boolean isRefused() {
		return this.refused && System.nanoTime() - this.refusedAt < REFUSAL;
	}

	void remember(ErrorReply error) {
		boolean first = !isRefused();
		this.refusedAt = System.nanoTime();
		this.refused = true;
		if (first) {
			logger.warn(this.transport.node() + " refuses SCRIPT LOAD (" + error.text()
					+ "): scripts that it misses are sent with EVAL");
		}
	}

	private static void await(CompletableFuture<Void> others, @Nullable Duration timeout) {
		try {
			others.get((timeout != null) ? timeout.toNanos() : MAX_WAIT, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			// The call that follows says so in the driver's way.
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// Whatever kept the others, the server answers for itself.
			logger.debug("Another thread could not load the script", ex);
		}
	}

}
