package io.github.redislua.internal.execute.policy;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.redislua.internal.execute.call.ReadOnlySupport;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.script.HealingListener;

/**
 * What all calls to the servers behind one connection factory have in common.
 *
 * @param transport the servers
 * @param readOnlySupport what is known of {@code EVALSHA_RO}
 * @param healings hears of scripts that had to be loaded
 * @param missed takes a server that did not know a script: likely it is new, or has lost
 * its cache, and misses the others as well
 */
record CallContext(ScriptTransport transport, ReadOnlySupport readOnlySupport, HealingListener healings,
		Consumer<ScriptNode> missed) {

	/** Longer than anybody waits, and short enough to be added to any time. */
	private static final long NO_LIMIT = TimeUnit.DAYS.toNanos(36_500);

	CallContext with(HealingListener others) {
		return new CallContext(this.transport, this.readOnlySupport, others, this.missed);
	}

	/**
	 * How long a caller waits for the outcome of a call, all that it takes together.
	 * @param call the call
	 * @return nanoseconds
	 */
	long timeout(ScriptCall call) {
		long nanos = call.target().timeout();
		if (nanos == 0) {
			nanos = this.transport.timeout();
		}
		return limit(nanos);
	}

	/**
	 * A time that can be added to any other.
	 * @param nanos nanoseconds, 0 for no limit
	 * @return nanoseconds
	 */
	static long limit(long nanos) {
		return (nanos > 0) ? Math.min(nanos, NO_LIMIT) : NO_LIMIT;
	}

}
