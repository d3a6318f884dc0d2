package io.github.redislua.internal.execute.jedis;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

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

	/**
	 * Gives a connection back, in the background where that may take its time.
	 * @param lease the connection
	 * @param broken whether it is not to be used again
	 */
	static void release(Closeable lease, boolean broken) {
		if (broken) {
			inBackground(lease);
		}
		else {
			close(lease);
		}
	}

	static void inBackground(Closeable lease) {
		EXECUTOR.execute(() -> close(lease));
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
		ThreadPoolExecutor executor = new ThreadPoolExecutor(8, 8, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				JedisThreads.named("redis-lua-disposal"));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
