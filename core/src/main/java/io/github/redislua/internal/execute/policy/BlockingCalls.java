package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.NotSentException;
import io.github.redislua.internal.execute.call.ReadOnlySupport;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.HealingListener;
import io.github.redislua.internal.script.Script;

/**
 * Takes the steps of recoveries on the caller's thread.
 */
final class BlockingCalls {

	private static final long MAX_WAIT = TimeUnit.MINUTES.toNanos(1);

	/**
	 * How long to wait until the servers are looked for again.
	 */
	static final Duration PAUSE = Duration.ofMillis(50);

	private final ScriptTransport transport;

	private final ReadOnlySupport readOnlySupport;

	private final HealingListener healings;

	private Consumer<ScriptNode> missed = (node) -> {
	};

	BlockingCalls(ScriptTransport transport, ReadOnlySupport readOnlySupport, HealingListener healings) {
		this.transport = transport;
		this.readOnlySupport = readOnlySupport;
		this.healings = healings;
	}

	/**
	 * Sets what to do about a server that did not know a script: likely it is new, or has
	 * lost its cache, and misses the others as well.
	 * @param missed is given the server
	 */
	void onMiss(Consumer<ScriptNode> missed) {
		this.missed = missed;
	}

	/**
	 * To be called when a recovery has come to its end.
	 * @param recovery the recovery
	 */
	void ended(CallPolicy recovery) {
		recovery.close();
		ScriptNode node = recovery.loadedOn();
		if (node != null) {
			this.missed.accept(node);
		}
	}

	/**
	 * To be called when a script was healed in a pipeline, without a recovery.
	 * @param script the script
	 * @param node the server
	 */
	void healed(Script script, ScriptNode node) {
		this.healings.healed(script, node.name());
		this.missed.accept(node);
	}

	CallPolicy recovery(ScriptCall call, ScriptNode node, int seen) {
		return new CallPolicy(this.transport, this.readOnlySupport, this.healings, call, node, seen);
	}

	/**
	 * Brings a call to its end.
	 * @param call the call
	 * @param node the server that answered
	 * @param seen the generation of the script before the call was sent
	 * @param error the answer
	 * @return the neutral reply, or the error that is the caller's
	 */
	@Nullable Object recover(ScriptCall call, ScriptNode node, int seen, ErrorReply error) {
		CallPolicy recovery = recovery(call, node, seen);
		long deadline = deadline(call);
		try {
			Step step = recovery.next(Collections.singletonList(error));
			while (true) {
				if (step instanceof Step.Done done) {
					return done.reply();
				}
				step = take(step, recovery, call.options().timeout(), deadline);
			}
		}
		finally {
			ended(recovery);
		}
	}

	private Step take(Step step, CallPolicy recovery, @Nullable Duration timeout, long deadline) {
		if (step instanceof Step.Call again) {
			return recovery.next(Collections.singletonList(again.node().send(again.call())));
		}
		if (step instanceof Step.Send send) {
			return recovery.next(send.node().sendAll(timeout, send.commands()));
		}
		if (step instanceof Step.Wait wait) {
			await(wait.others(), deadline);
		}
		else if (step instanceof Step.Pause pause) {
			pause(pause.time());
		}
		return recovery.proceed();
	}

	/**
	 * Tries again to send a call as long as nothing could be sent, because a server of a
	 * cluster is away and another is about to take its place.
	 * @param call the call
	 * @param first why nothing was sent
	 * @param attempt sends the call
	 * @return the neutral reply or an {@link ErrorReply}
	 * @throws NotSentException if nothing can be sent within the client's timeout
	 */
	@Nullable Object untilSent(ScriptCall call, NotSentException first, Function<ScriptCall, @Nullable Object> attempt) {
		long deadline = deadline(call);
		NotSentException last = first;
		while (this.transport.isCluster() && System.nanoTime() - deadline < 0
				&& !Thread.currentThread().isInterrupted()) {
			this.transport.outdated();
			pause(PAUSE);
			try {
				return attempt.apply(call);
			}
			catch (NotSentException ex) {
				last = ex;
			}
		}
		throw last;
	}

	long deadline(ScriptCall call) {
		Duration timeout = call.options().timeout();
		long nanos = (timeout != null) ? timeout.toNanos() : this.transport.timeout();
		return System.nanoTime() + ((nanos > 0) ? nanos : MAX_WAIT);
	}

	private static void pause(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			// What is sent next says so in the driver's way.
			Thread.currentThread().interrupt();
		}
	}

	private static void await(CompletableFuture<Void> others, long deadline) {
		try {
			others.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// Whatever kept the others, the server answers for itself.
		}
	}

}
