package io.github.redislua.tests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tasks, each on a thread of its own: on the common pool they would wait for one another.
 */
final class Wait {

	private Wait() {
	}

	/**
	 * Waits for a failure. {@code failsWithin} alone is content with a future that never
	 * completes.
	 * @param future what is to fail
	 * @param time how long it may take
	 * @return why it failed
	 */
	static Throwable failure(CompletableFuture<?> future, Duration time) {
		ExecutionException ex = assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> future.get(time.toMillis(), TimeUnit.MILLISECONDS))
			.actual();
		return ex.getCause();
	}

	static <T> CompletableFuture<T> inTheBackground(Callable<T> task) {
		CompletableFuture<T> future = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				future.complete(task.call());
			}
			catch (Throwable ex) {
				future.completeExceptionally(ex);
			}
		}, "background");
		thread.setDaemon(true);
		thread.start();
		return future;
	}

}
