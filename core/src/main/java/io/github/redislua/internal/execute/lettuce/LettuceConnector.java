package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Connects on a separate thread. There is one attempt at a time: everybody who needs the
 * connection waits for it, each for as long as there is time. After a failed attempt the
 * next caller starts another one.
 *
 * @param <T> what the attempts result in
 */
final class LettuceConnector<T> {

	/** The threads' name. They are no virtual threads: drivers may pin them. */
	static final String THREAD = "redis-lua-connect";

	private final AtomicReference<@Nullable CompletableFuture<T>> attempt = new AtomicReference<>();

	/**
	 * Connects, unless somebody else does so already.
	 * @param connecting connects, and may block
	 * @return the attempt, which is also others'
	 */
	CompletableFuture<T> connect(Supplier<T> connecting) {
		return connect(connecting, true);
	}

	// An attempt that began before a caller came says little of the server as it is now.
	private CompletableFuture<T> connect(Supplier<T> connecting, boolean again) {
		CompletableFuture<T> mine = new CompletableFuture<>();
		CompletableFuture<T> theirs = this.attempt.compareAndExchange(null, mine);
		if (theirs != null) {
			return again ? theirs.exceptionallyCompose((ex) -> connect(connecting, false)) : theirs;
		}
		Thread thread = new Thread(() -> attempt(mine, connecting), THREAD);
		thread.setDaemon(true);
		try {
			thread.start();
		}
		catch (Throwable ex) {
			// No more threads to be had: whoever comes next tries again.
			this.attempt.set(null);
			mine.completeExceptionally(ex);
		}
		return mine;
	}

	private void attempt(CompletableFuture<T> mine, Supplier<T> connecting) {
		try {
			T connected = connecting.get();
			this.attempt.set(null);
			mine.complete(connected);
		}
		catch (Throwable ex) {
			this.attempt.set(null);
			mine.completeExceptionally(ex);
		}
	}

}
