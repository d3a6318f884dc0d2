package io.github.redislua.internal.execute.policy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.PendingReply;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * Carries one call out without a thread that waits. A reply that is no error never meets
 * the {@link CallPolicy}. Cancelling the call takes it back if it has not been sent yet;
 * otherwise the script runs, and its reply is discarded.
 */
final class AsynchronousCall extends CompletableFuture<@Nullable Object> {

	/** Should its time run out between two steps. */
	private static final long MIN_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

	private final CallContext context;

	private final ScriptCall call;

	private volatile long until;

	/** What the call is waiting for. */
	private volatile @Nullable PendingReply<?> current;

	private volatile @Nullable CallPolicy policy;

	private @Nullable Runnable timer;

	AsynchronousCall(CallContext context, ScriptCall call) {
		this.context = context;
		this.call = call;
		this.until = System.nanoTime() + context.timeout(call);
	}

	AsynchronousCall start() {
		ScriptNode node = null;
		int seen = 0;
		try {
			node = this.context.transport().route(this.call);
			if (node != null) {
				seen = node.state(this.call.target().script()).generation();
				limit();
				first(node, seen, node.submit(this.call));
				return this;
			}
		}
		catch (CallFailure ex) {
			if (node == null) {
				// Nobody serves the slot now, and the call has had no limit so far.
				limit();
			}
			decide(policy(node, seen), new Outcome.Failed(ex));
			return this;
		}
		catch (RuntimeException ex) {
			end(null, ex);
			return this;
		}
		limit();
		decide(policy(null, 0), Outcome.READY);
		return this;
	}

	private void first(ScriptNode node, int seen, PendingReply<@Nullable Object> pending) {
		follow(pending);
		pending.whenComplete((reply, ex) -> {
			if (ex != null) {
				decide(policy(node, seen), new Outcome.Failed(CallFailure.of(ex)));
			}
			else if (reply instanceof ErrorReply) {
				decide(policy(node, seen), Outcome.reply(reply));
			}
			else {
				end(reply, null);
			}
		});
	}

	private CallPolicy policy(@Nullable ScriptNode node, int seen) {
		CallPolicy policy = new CallPolicy(this.context, Mode.SINGLE, this.call, this.until);
		this.policy = policy;
		return (node != null) ? policy.sentTo(node, seen) : policy;
	}

	private void decide(CallPolicy policy, Outcome outcome) {
		if (isDone()) {
			policy.close();
			return;
		}
		try {
			Step step = policy.next(outcome);
			this.until = policy.until();
			carryOut(policy, step);
		}
		catch (RuntimeException | Error ex) {
			end(null, ex);
		}
		if (isDone()) {
			// Cancelled while it took its turn, perhaps, which ends here.
			policy.close();
		}
	}

	private void carryOut(CallPolicy policy, Step step) {
		if (step instanceof Step.Done done) {
			end(done.reply(), null);
		}
		else if (step instanceof Step.Fail fail) {
			end(null, fail.failure());
		}
		else if (step instanceof Step.Call send) {
			await(policy, send.node().submit(send.call()), Outcome::reply);
		}
		else if (step instanceof Step.Send send) {
			await(policy, send.node().submitAll(send.commands()), Outcome.Replies::new);
		}
		else if (step instanceof Step.Wait wait) {
			Waiting waiting = new Waiting();
			await(policy, waiting, (outcome) -> outcome);
			wait.event().whenComplete((value, ex) -> waiting.over(ex));
		}
		else if (step instanceof Step.Pause pause) {
			Waiting waiting = new Waiting();
			await(policy, waiting, (outcome) -> outcome);
			this.context.transport().schedule(pause.nanos(), () -> Timeouts.execute(() -> waiting.over(null)));
		}
	}

	private <T> void await(CallPolicy policy, PendingReply<T> pending, Outcomes<T> outcomes) {
		follow(pending);
		pending.whenComplete((reply, ex) -> decide(policy,
				(ex != null) ? new Outcome.Failed(CallFailure.of(ex)) : outcomes.of(reply)));
	}

	private void follow(PendingReply<?> pending) {
		this.current = pending;
		if (isDone()) {
			// Cancelled a moment ago.
			pending.cancel(false);
		}
	}

	// The call's own time, all that it takes together.
	private synchronized void limit() {
		if (!isDone()) {
			long left = Math.max(MIN_WAIT, this.until - System.nanoTime());
			this.timer = this.context.transport().schedule(left, () -> Timeouts.execute(this::expired));
		}
	}

	private void expired() {
		if (isDone()) {
			return;
		}
		if (this.until - System.nanoTime() > 0) {
			// It was sent again, and has its time again.
			limit();
			return;
		}
		PendingReply<?> current = this.current;
		if (current != null) {
			current.expire();
		}
		// Between two steps, or sent again.
		if (!isDone()) {
			limit();
		}
	}

	private void end(@Nullable Object reply, @Nullable Throwable failure) {
		stopTimer();
		if (failure != null) {
			completeExceptionally(failure);
		}
		else if (reply instanceof ErrorReply error) {
			completeExceptionally(ScriptFailures.of(this.call.target().script(), this.call.options().method(), error));
		}
		else {
			complete(reply);
		}
	}

	private synchronized void stopTimer() {
		Runnable timer = this.timer;
		if (timer != null) {
			this.timer = null;
			timer.run();
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			stopTimer();
			PendingReply<?> current = this.current;
			if (current != null) {
				current.cancel(false);
			}
			CallPolicy policy = this.policy;
			if (policy != null) {
				policy.close();
			}
		}
		return cancelled;
	}

	/**
	 * Makes an outcome of a reply.
	 *
	 * @param <T> the type of the reply
	 */
	@FunctionalInterface
	private interface Outcomes<T> {

		Outcome of(T reply);

	}

	/**
	 * Waits for something else than a reply.
	 */
	private static final class Waiting extends PendingReply<Outcome> {

		void over(@Nullable Throwable ex) {
			complete((ex != null) ? new Outcome.Failed(CallFailure.of(ex)) : Outcome.READY);
		}

		@Override
		public void expire() {
			complete(Outcome.OUT_OF_TIME);
		}

	}

}
