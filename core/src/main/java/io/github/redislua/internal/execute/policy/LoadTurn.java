package io.github.redislua.internal.execute.policy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.LoadState;

/**
 * One call's turn to load its script on a server, which the other calls wait for.
 */
final class LoadTurn {

	private final AtomicBoolean taken = new AtomicBoolean();

	private final LoadState state;

	private final int seen;

	/**
	 * Create a new turn.
	 * @param state what is known of the script on the server
	 * @param seen the script's generation there before the call was sent
	 */
	LoadTurn(LoadState state, int seen) {
		this.state = state;
		this.seen = seen;
	}

	/**
	 * Takes the turn.
	 * @return what to wait for instead, {@code null} if the turn is taken
	 */
	@Nullable CompletableFuture<Void> take() {
		CompletableFuture<Void> others = this.state.enter(this.seen);
		if (others == null) {
			this.taken.set(true);
		}
		return others;
	}

	/**
	 * Notes that the server has the script now.
	 */
	void loaded() {
		this.state.loaded();
	}

	/**
	 * Ends the turn, if it was taken. Any thread may do so.
	 */
	void end() {
		if (this.taken.getAndSet(false)) {
			this.state.finish();
		}
	}

}
