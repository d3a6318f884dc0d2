package io.github.redislua.internal.execute.call;

import java.util.concurrent.CompletableFuture;

/**
 * The reply to come of commands that nobody waits for. Completes exceptionally with
 * nothing but a {@link CallFailure}.
 *
 * @param <T> the type of the reply
 */
public abstract class PendingReply<T> extends CompletableFuture<T> {

	/**
	 * Ends it, because there is no time left: with {@link CallFailure.Kind#NOT_SENT} if
	 * it never was sent and never will be, otherwise with
	 * {@link CallFailure.Kind#TIMED_OUT}. Of several commands those that have a reply
	 * keep it, and such a failure takes the place of each of the others.
	 */
	public abstract void expire();

}
