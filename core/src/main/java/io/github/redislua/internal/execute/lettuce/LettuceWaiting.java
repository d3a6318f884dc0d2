package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.PendingReply;

/**
 * The reply to what is sent as soon as there is a connection. Ended before, it is never
 * sent; later what was sent is ended.
 *
 * @param <T> the type of the reply
 */
final class LettuceWaiting<T> extends PendingReply<T> {

	private final LettuceNode node;

	private final Function<LettuceChannel, PendingReply<T>> submission;

	// Guarded by this, as what follows.
	private boolean over;

	private @Nullable PendingReply<T> submitted;

	private volatile @Nullable CompletableFuture<LettuceChannel> connecting;

	/**
	 * Create a new reply.
	 * @param node the server
	 * @param submission sends
	 */
	LettuceWaiting(LettuceNode node, Function<LettuceChannel, PendingReply<T>> submission) {
		this.node = node;
		this.submission = submission;
	}

	/**
	 * Connects.
	 * @return this reply
	 */
	LettuceWaiting<T> start() {
		CompletableFuture<LettuceChannel> connecting = this.node.connect();
		this.connecting = connecting;
		connecting.whenComplete((channel, ex) -> {
			if (channel != null) {
				submit(channel);
			}
			else if (!isDone()) {
				completeExceptionally(asFailure(this.node.failures().notConnected(ex)));
			}
		});
		return this;
	}

	private static CallFailure asFailure(RuntimeException ex) {
		return (ex instanceof CallFailure failure) ? failure : CallFailure.notSent(String.valueOf(ex.getMessage()), ex);
	}

	private void submit(LettuceChannel channel) {
		PendingReply<T> reply;
		try {
			synchronized (this) {
				reply = this.over ? null : this.submission.apply(channel);
				this.submitted = reply;
			}
		}
		catch (RuntimeException | Error ex) {
			channel.release();
			completeExceptionally(CallFailure.lost("it could not be sent", ex));
			return;
		}
		if (reply == null) {
			channel.release();
			return;
		}
		reply.whenComplete((value, ex) -> {
			if (ex != null) {
				completeExceptionally(ex);
			}
			else {
				complete(value);
			}
		});
	}

	// What was sent, or nothing, and then never will be.
	private synchronized @Nullable PendingReply<T> end() {
		this.over = true;
		return this.submitted;
	}

	@Override
	public void expire() {
		PendingReply<T> submitted = end();
		if (submitted != null) {
			submitted.expire();
		}
		else {
			completeExceptionally(this.node.failures().expired(false, -1));
			abandon();
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		PendingReply<T> submitted = end();
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (submitted != null) {
			submitted.cancel(mayInterruptIfRunning);
		}
		else {
			abandon();
		}
		return cancelled;
	}

	private void abandon() {
		CompletableFuture<LettuceChannel> connecting = this.connecting;
		if (connecting != null) {
			this.node.abandon(connecting);
		}
	}

}
