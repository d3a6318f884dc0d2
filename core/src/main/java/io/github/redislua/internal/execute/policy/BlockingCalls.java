package io.github.redislua.internal.execute.policy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * Carries calls out on the thread of the caller, who waits. A reply that is no error
 * never meets the {@link CallPolicy}.
 */
final class BlockingCalls {

	private final CallContext context;

	BlockingCalls(CallContext context) {
		this.context = context;
	}

	/**
	 * Runs a call on the server that it belongs to.
	 * @param call the call
	 * @return the neutral reply, or the {@link ErrorReply} that is the caller's
	 */
	@Nullable Object run(ScriptCall call) {
		long until = System.nanoTime() + this.context.timeout(call);
		ScriptNode node = null;
		int seen = 0;
		Outcome outcome = Outcome.READY;
		try {
			node = this.context.transport().route(call);
			if (node != null) {
				seen = node.state(call.target().script()).generation();
				Object reply = node.send(call, until);
				if (!(reply instanceof ErrorReply)) {
					return reply;
				}
				outcome = Outcome.reply(reply);
			}
		}
		catch (CallFailure ex) {
			outcome = new Outcome.Failed(ex);
		}
		CallPolicy policy = new CallPolicy(this.context, Mode.SINGLE, call, until);
		return carryOut((node != null) ? policy.sentTo(node, seen) : policy, outcome);
	}

	/**
	 * Runs a call on a connection that is bound to the thread.
	 * @param call the call
	 * @param node stands for the connection
	 * @return the neutral reply, or the {@link ErrorReply} that is the caller's
	 */
	@Nullable Object runBound(ScriptCall call, ScriptNode node) {
		long until = System.nanoTime() + this.context.timeout(call);
		int seen = node.state(call.target().script()).generation();
		Outcome outcome;
		try {
			Object reply = node.send(call, until);
			if (!(reply instanceof ErrorReply)) {
				return reply;
			}
			outcome = Outcome.reply(reply);
		}
		catch (CallFailure ex) {
			outcome = new Outcome.Failed(ex);
		}
		return carryOut(new CallPolicy(this.context, Mode.BOUND, call, until).sentTo(node, seen), outcome);
	}

	private static @Nullable Object carryOut(CallPolicy policy, Outcome first) {
		try (policy) {
			Outcome outcome = first;
			while (true) {
				Step step = policy.next(outcome);
				if (step instanceof Step.Done done) {
					return done.reply();
				}
				if (step instanceof Step.Fail fail) {
					throw fail.failure();
				}
				outcome = carryOut(step);
			}
		}
	}

	private static Outcome carryOut(Step step) {
		try {
			if (step instanceof Step.Call send) {
				return Outcome.reply(send.node().send(send.call(), send.until()));
			}
			if (step instanceof Step.Send send) {
				return new Outcome.Replies(send.node().sendAll(send.commands(), send.until()));
			}
			if (step instanceof Step.Wait wait) {
				return await(wait.event(), wait.until());
			}
			if (step instanceof Step.Pause pause) {
				return pause(pause.nanos());
			}
			throw new IllegalStateException("Not to be carried out: " + step);
		}
		catch (CallFailure ex) {
			return new Outcome.Failed(ex);
		}
	}

	/**
	 * Waits for something that others do.
	 * @param event completes when it is done
	 * @param until when to stop waiting
	 * @return what came of it
	 */
	static Outcome await(CompletableFuture<?> event, long until) {
		try {
			event.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
			return Outcome.READY;
		}
		catch (TimeoutException ex) {
			return Outcome.OUT_OF_TIME;
		}
		catch (InterruptedException ex) {
			return interrupted(ex);
		}
		catch (ExecutionException ex) {
			return new Outcome.Failed(CallFailure.of(ex.getCause()));
		}
	}

	/**
	 * Lets some time pass.
	 * @param nanos how much
	 * @return what came of it
	 */
	static Outcome pause(long nanos) {
		try {
			TimeUnit.NANOSECONDS.sleep(nanos);
			return Outcome.READY;
		}
		catch (InterruptedException ex) {
			return interrupted(ex);
		}
	}

	private static Outcome interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new Outcome.Failed(CallFailure.notSent("the thread was interrupted while it waited to send", ex));
	}

}
