package io.github.redislua.internal.execute.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a script on one server, so that of many threads that find it missing
 * one loads it and the others wait.
 */
public final class LoadState {

	private final AtomicReference<@Nullable CompletableFuture<Void>> loading = new AtomicReference<>();

	private volatile int generation;

	/**
	 * How often the script was loaded. To be read before a call is sent: if it has
	 * changed when the server says that the script is missing, somebody has loaded it
	 * since.
	 * @return a number that changes with each load
	 */
	public int generation() {
		return this.generation;
	}

	/**
	 * Asks for a turn to load.
	 * @param seen the generation before the call that found the script missing
	 * @return {@code null} if it is the caller's turn, who must then call
	 * {@link #finish}; otherwise what to wait for
	 */
	public @Nullable CompletableFuture<Void> enter(int seen) {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		CompletableFuture<Void> theirs = this.loading.compareAndExchange(null, mine);
		if (theirs != null) {
			return theirs;
		}
		if (this.generation != seen) {
			// Loaded between the caller's call and now.
			finish();
			return CompletableFuture.completedFuture(null);
		}
		return null;
	}

	/**
	 * Ends the caller's turn and lets the others go on.
	 */
	public void finish() {
		CompletableFuture<Void> mine = this.loading.getAndSet(null);
		if (mine != null) {
			mine.complete(null);
		}
	}

	/**
	 * Notes that the script is on the server, loaded by whatever means.
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate") // any change will do
	public void loaded() {
		this.generation++;
	}

}
