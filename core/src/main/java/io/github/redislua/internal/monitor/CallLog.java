package io.github.redislua.internal.monitor;

import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.redislua.LuaScripts;
import io.github.redislua.internal.script.Script;

/**
 * Says at debug level which script was called, and how long it took. Nothing else: keys
 * and arguments are the application's.
 */
public final class CallLog {

	private static final Log logger = LogFactory.getLog(LuaScripts.class);

	private CallLog() {
	}

	/**
	 * A call begins.
	 * @return when, 0 if nobody wants to know
	 */
	public static long start() {
		return logger.isDebugEnabled() ? (System.nanoTime() | 1) : 0;
	}

	/**
	 * A call has ended.
	 * @param start when it began
	 * @param script the script
	 */
	public static void end(long start, Script script) {
		if (start != 0) {
			double millis = (System.nanoTime() - start) / 1_000_000.0;
			logger.debug("Called script '%s' (%s) in %s ms".formatted(script.name(), script.sha1(),
					String.format(Locale.ROOT, "%.3f", millis)));
		}
	}

}
