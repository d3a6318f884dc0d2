package io.github.redislua.test.internal.server;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;

/**
 * Waits for what servers do in their own time.
 */
public final class Polling {

	private static final int POLL_MILLIS = 20;

	private Polling() {
	}

	/**
	 * Ask until the answer is there.
	 * @param timeout how long to ask
	 * @param what what is waited for, for people
	 * @param obstacle says what is still missing, {@code null} when all is well; an
	 * exception is an obstacle, too
	 */
	public static void await(Duration timeout, String what, Supplier<@Nullable String> obstacle) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (true) {
			String missing;
			LocalRedisException cause = null;
			try {
				missing = obstacle.get();
			}
			catch (LocalRedisException ex) {
				missing = ex.getMessage();
				cause = ex;
			}
			if (missing == null && cause == null) {
				return;
			}
			if (System.nanoTime() > deadline) {
				throw new LocalRedisException(
						"%s: not within %s ms. Still: %s".formatted(what, timeout.toMillis(), missing), cause);
			}
			sleep(POLL_MILLIS);
		}
	}

	public static void sleep(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LocalRedisException("Interrupted while waiting for a server", ex);
		}
	}

}
