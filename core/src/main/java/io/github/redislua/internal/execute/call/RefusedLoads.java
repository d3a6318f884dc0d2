package io.github.redislua.internal.execute.call;

import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Remembers for a minute that a server refused {@code SCRIPT LOAD}, as some users and
 * providers may not: scripts are sent with {@code EVAL} then.
 */
public final class RefusedLoads {

	private static final Log logger = LogFactory.getLog(RefusedLoads.class);

	private static final long MEMORY = TimeUnit.MINUTES.toNanos(1);

	private final String node;

	private volatile boolean refused;

	private volatile long refusedAt;

	RefusedLoads(String node) {
		this.node = node;
	}

	public boolean isRefused() {
		return this.refused && System.nanoTime() - this.refusedAt < MEMORY;
	}

	/**
	 * Notes a refusal, and says so once.
	 * @param error the server's answer
	 */
	public void remember(ErrorReply error) {
		boolean first = !this.refused;
		this.refusedAt = System.nanoTime();
		this.refused = true;
		if (first) {
			logger.warn(this.node + " refuses SCRIPT LOAD (" + error.text()
					+ "): scripts that it misses are sent with EVAL");
		}
	}

}
