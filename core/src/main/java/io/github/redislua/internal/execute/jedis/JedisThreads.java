package io.github.redislua.internal.execute.jedis;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what may take longer than a caller is ready to wait. Those who use them
 * bound how many tasks they have at a time.
 */
final class JedisThreads {

	private static final ThreadPoolExecutor CONNECT = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS,
			new SynchronousQueue<>(), named("redis-lua-connect"));

	private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

	private JedisThreads() {
	}

	/**
	 * Runs what connects.
	 * @param task the task, which throws nothing
	 */
	static void connect(Runnable task) {
		CONNECT.execute(task);
	}

	/**
	 * Runs a short task at a point in time.
	 * @param until when, as {@link System#nanoTime()} counts
	 * @param task the task
	 * @return takes the task back
	 */
	static Runnable at(long until, Runnable task) {
		var future = DEADLINES.schedule(task, Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	static ThreadFactory named(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

	private static ScheduledThreadPoolExecutor deadlines() {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, named("redis-lua-deadline"));
		executor.setRemoveOnCancelPolicy(true);
		executor.setKeepAliveTime(10, TimeUnit.SECONDS);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
