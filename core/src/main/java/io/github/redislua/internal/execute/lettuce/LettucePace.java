package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Does something for all who ask for it together, and not too often.
 */
final class LettucePace {

	/** After that long, what was begun is not waited for any more. */
	private static final long STUCK = TimeUnit.SECONDS.toNanos(30);

	private final long pause;

	private final AtomicReference<@Nullable Turn> last = new AtomicReference<>();

	/**
	 * Create a new pace.
	 * @param pause nanoseconds from one beginning to the next
	 */
	LettucePace(long pause) {
		this.pause = pause;
	}

	/**
	 * Begins, unless that was done a short while ago.
	 * @param action what to do, without waiting for it
	 * @return completes when it is done, never exceptionally
	 */
	@SuppressWarnings("ReferenceEquality") // of one turn
	CompletableFuture<@Nullable Void> run(Supplier<? extends CompletionStage<?>> action) {
		Turn previous = this.last.get();
		long now = System.nanoTime();
		if (previous != null && now - previous.begun < (previous.done.isDone() ? this.pause : STUCK)) {
			return previous.done;
		}
		Turn turn = new Turn(now, new CompletableFuture<>());
		if (!this.last.compareAndSet(previous, turn)) {
			// Somebody else has begun just now.
			Turn other = this.last.get();
			return (other != null) ? other.done : CompletableFuture.completedFuture(null);
		}
		try {
			action.get().whenComplete((result, ex) -> turn.done.complete(null));
		}
		catch (RuntimeException ex) {
			turn.done.complete(null);
		}
		return turn.done;
	}

	/**
	 * What was begun.
	 *
	 * @param begun when, as {@link System#nanoTime()} counts
	 * @param done completes at the end
	 */
	private record Turn(long begun, CompletableFuture<@Nullable Void> done) {

	}

}
