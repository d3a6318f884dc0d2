package io.github.redislua.internal.execute.policy;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which calls that nobody waits for go on after a pause, or end because
 * there is no time left. Whoever depends on such a call runs on them, too, and may block:
 * a timer's own thread would stop all other timeouts.
 */
final class Timeouts {

	private static final int THREADS = 32;

	private static final ThreadPoolExecutor EXECUTOR = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), Timeouts::thread);

	static {
		EXECUTOR.allowCoreThreadTimeOut(true);
	}

	private Timeouts() {
	}

	static void execute(Runnable task) {
		EXECUTOR.execute(task);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "redis-lua-timeout");
		thread.setDaemon(true);
		return thread;
	}

}
