package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives connections back to their pool. Since 2.13 Commons Pool replaces a broken
 * connection at once, and the handshake with a server that does not answer may take
 * longer than the caller is ready to wait.
 */
final class JedisDisposal {

	private static final Log logger = LogFactory.getLog(JedisDisposal.class);

	private static final Executor EXECUTOR = executor();

	private JedisDisposal() {
	}

	static void release(Closeable lease, boolean broken, @Nullable Duration timeout) {
		if (broken && timeout != null) {
			EXECUTOR.execute(() -> close(lease));
		}
		else {
			close(lease);
		}
	}

	/**
	 * Runs what must not keep a caller waiting.
	 * @param task the task
	 */
	static void inBackground(Runnable task) {
		EXECUTOR.execute(task);
	}

	private static void close(Closeable lease) {
		try {
			lease.close();
		}
		catch (IOException | RuntimeException ex) {
			// The call has its outcome already; the pool does without the connection.
			logger.debug("Cannot give a connection back", ex);
		}
	}

	private static Executor executor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "redis-lua-disposal");
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
