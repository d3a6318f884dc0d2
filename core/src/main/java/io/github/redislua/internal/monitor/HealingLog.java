package io.github.redislua.internal.monitor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.script.HealingListener;
import io.github.redislua.internal.script.Script;

/**
 * Says that scripts had to be loaded again, of each script at most once a minute: after a
 * failover, or where somebody keeps flushing, it would be a line for many a call.
 */
final class HealingLog implements HealingListener {

	private static final Log logger = LogFactory.getLog(HealingLog.class);

	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final LongSupplier clock;

	private final Map<String, Last> last = new ConcurrentHashMap<>();

	HealingLog(LongSupplier clock) {
		this.clock = clock;
	}

	@Override
	public void healed(Script script, String node) {
		long now = this.clock.getAsLong();
		Last line = this.last.compute(script.name(), (name, before) -> next(before, now));
		if (line.unsaid() == 0) {
			logger.info("Loaded script '" + script.name() + "' (" + script.sha1() + ") on " + node
					+ ", which did not know it" + since(line.unsaidBefore()));
		}
	}

	private static Last next(@Nullable Last before, long now) {
		if (before == null) {
			return new Last(now, 0, 0);
		}
		return (now - before.time() < INTERVAL) ? new Last(before.time(), before.unsaid() + 1, 0)
				: new Last(now, 0, before.unsaid());
	}

	private static String since(int unsaid) {
		return (unsaid > 0) ? " (and " + unsaid + " more time" + ((unsaid > 1) ? "s" : "") + " since the last line)"
				: "";
	}

	/**
	 * The last line about a script.
	 *
	 * @param time when it was written
	 * @param unsaid how many loads there were since
	 * @param unsaidBefore how many loads there were between it and the line before
	 */
	private record Last(long time, int unsaid, int unsaidBefore) {

	}

}
