package io.github.redislua.internal.execute.lettuce;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.AbstractRedisClient;
import io.netty.util.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Runs tasks later. The timer of the client's resources does so with the least effort,
 * but it ticks ten times a second only, and ends with the client.
 */
final class LettuceTimer {

	private static final long COARSE = TimeUnit.SECONDS.toNanos(2);

	private static final ScheduledThreadPoolExecutor EXACT = new ScheduledThreadPoolExecutor(1, LettuceTimer::thread);

	static {
		EXACT.setRemoveOnCancelPolicy(true);
		EXACT.setKeepAliveTime(10, TimeUnit.SECONDS);
		EXACT.allowCoreThreadTimeOut(true);
	}

	private LettuceTimer() {
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "redis-lua-timer");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Runs a task later.
	 * @param factory the factory with the client
	 * @param nanos how much later
	 * @param task the task
	 * @return takes the task back
	 */
	static Runnable schedule(LettuceConnectionFactory factory, long nanos, Runnable task) {
		AbstractRedisClient client = (nanos >= COARSE) ? factory.getNativeClient() : null;
		if (client != null) {
			try {
				Timeout timeout = client.getResources()
					.timer()
					.newTimeout((expired) -> task.run(), nanos, TimeUnit.NANOSECONDS);
				return timeout::cancel;
			}
			catch (IllegalStateException ex) {
				// It has ended, or has too much to do.
			}
		}
		ScheduledFuture<?> scheduled = EXACT.schedule(task, nanos, TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

}
