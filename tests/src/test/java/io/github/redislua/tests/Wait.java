package io.github.redislua.tests;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Tasks, each on a thread of its own: on the common pool they would wait for one another.
 */
final class Wait {

	private Wait() {
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
