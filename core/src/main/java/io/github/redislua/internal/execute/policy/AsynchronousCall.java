package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.NotSentException;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;

/**
 * A call that no thread waits for, with the same steps as one that a thread waits for.
 * Cancelling it takes it back if it has not been sent yet; otherwise the script runs, and
 * nobody hears of it.
 */
final class AsynchronousCall extends CompletableFuture<@Nullable Object> {

	/** Who waits for a reply is told by the driver, which knows more. */
	private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(100);

	private final ScriptTransport transport;

	private final BlockingCalls recoveries;

	private final ScriptCall call;

	private final long deadline;

	private volatile @Nullable CompletableFuture<?> current;

	private boolean repeated;

	private volatile @Nullable CallPolicy recovery;

	AsynchronousCall(ScriptTransport transport, BlockingCalls recoveries, ScriptCall call) {
		this.transport = transport;
		this.recoveries = recoveries;
		this.call = call;
		this.deadline = recoveries.deadline(call);
	}

	AsynchronousCall start() {
		guarded(this::send);
		if (this.call.options().timeout() != null && !isDone()) {
			// To connect, and to wait for others, has limits of its own.
			limit();
		}
		return this;
	}

	private void send() {
		ScriptNode node = this.transport.route(this.call);
		int seen = node.state(this.call.target().script()).generation();
		follow(node.submit(this.call), (reply) -> {
			if (reply instanceof ErrorReply error) {
				recover(this.recoveries.recovery(this.call, node, seen), error);
			}
			else {
				complete(reply);
			}
		});
	}

	private void limit() {
		CompletableFuture<Void> limit = new CompletableFuture<>();
		// What is sent again because its answer is lost has its time again.
		long end = (this.call.options().idempotent() && !this.repeated)
				? this.recoveries.deadline(this.call) + this.deadline - System.nanoTime() : this.deadline;
		limit.orTimeout(Math.max(0, end + GRACE - System.nanoTime()), TimeUnit.NANOSECONDS).exceptionally((ex) -> {
			timedOut();
			return null;
		});
		whenComplete((reply, ex) -> limit.complete(null));
	}

	private void timedOut() {
		CompletableFuture<?> current = this.current;
		if (completeExceptionally(
				ScriptFailures.during(this.call.target(), new QueryTimeoutException("No answer in time")))
				&& current != null) {
			current.cancel(false);
		}
	}

	private void recover(CallPolicy recovery, ErrorReply error) {
		this.recovery = recovery;
		whenComplete((reply, ex) -> recovery.close());
		if (this.call.options().timeout() == null) {
			limit();
		}
		take(recovery, recovery.next(Collections.singletonList(error)));
	}

	private void take(CallPolicy recovery, Step step) {
		if (isDone()) {
			// Cancelled while it took its turn, which ends here.
			recovery.close();
			return;
		}
		Duration timeout = this.call.options().timeout();
		if (step instanceof Step.Done done) {
			this.recoveries.ended(recovery);
			end(done.reply());
		}
		else if (step instanceof Step.Call again) {
			follow(again.node().submit(again.call()),
					(reply) -> take(recovery, recovery.next(Collections.singletonList(reply))));
		}
		else if (step instanceof Step.Send send) {
			follow(send.node().submitAll(timeout, send.commands()),
					(replies) -> take(recovery, recovery.next(Objects.requireNonNull(replies))));
		}
		else if (step instanceof Step.Wait wait) {
			wait.others().whenComplete((done, ex) -> guarded(() -> {
				if (!isDone()) {
					take(recovery, recovery.proceed());
				}
			}));
		}
		else if (step instanceof Step.Pause pause) {
			after(pause.time(), () -> take(recovery, recovery.proceed()));
		}
	}

	private void end(@Nullable Object reply) {
		if (reply instanceof ErrorReply error) {
			completeExceptionally(ScriptFailures.of(this.call.target().script(), this.call.options().method(), error));
		}
		else {
			complete(reply);
		}
	}

	private <T> void follow(CompletableFuture<T> future, Continuation<T> continuation) {
		this.current = future;
		if (isDone()) {
			// Cancelled a moment ago.
			future.cancel(false);
		}
		future.whenComplete((value, ex) -> {
			if (ex != null) {
				failed((ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex);
			}
			else {
				guarded(() -> continuation.accept(value));
			}
		});
	}

	private void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		if (isDone()) {
			return;
		}
		CallPolicy recovery = this.recovery;
		if (recovery != null) {
			// What is sent again must not wait for the turn of what has failed.
			recovery.close();
		}
		if (ex instanceof NotSentException) {
			if (this.transport.isCluster() && System.nanoTime() - this.deadline < 0) {
				this.transport.outdated();
				after(BlockingCalls.PAUSE, this::send);
				return;
			}
		}
		else if (ex instanceof RedisConnectionFailureException || ex instanceof QueryTimeoutException) {
			this.transport.outdated();
			if (this.call.options().idempotent() && !this.repeated) {
				this.repeated = true;
				guarded(this::send);
				return;
			}
		}
		completeExceptionally(
				(ex instanceof RuntimeException failure) ? ScriptFailures.during(this.call.target(), failure) : ex);
	}

	private void after(Duration time, Runnable task) {
		Executor later = delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
		later.execute(() -> guarded(() -> {
			if (!isDone()) {
				task.run();
			}
		}));
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		CompletableFuture<?> current = this.current;
		if (cancelled && current != null) {
			current.cancel(false);
		}
		return cancelled;
	}

	/**
	 * What to do with a value.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	private interface Continuation<T> {

		void accept(@Nullable T value);

	}

}
