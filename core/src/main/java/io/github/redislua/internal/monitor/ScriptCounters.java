package io.github.redislua.internal.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * What is counted of one script, since the application was started.
 */
public final class ScriptCounters {

	private final String script;

	private final LongAdder calls = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final List<LongConsumer> reloadListeners = new ArrayList<>();

	private volatile long reloads;

	public ScriptCounters(String script) {
		this.script = script;
	}

	/**
	 * The name of the script.
	 * @return the name
	 */
	public String script() {
		return this.script;
	}

	/**
	 * How often the script was called.
	 * @return the number of calls that were sent, whatever came of them
	 */
	public long calls() {
		return this.calls.sum();
	}

	/**
	 * How many of the calls had no result: the script or Redis answered with an error,
	 * the reply did not fit, or there was none.
	 * @return the number of failed calls
	 */
	public long errors() {
		return this.errors.sum();
	}

	/**
	 * How often the script had to be loaded again, because a server that was to run it
	 * did not know it.
	 * @return the number of loads
	 */
	public long reloads() {
		return this.reloads;
	}

	/**
	 * Counts a call that has its result.
	 */
	public void succeeded() {
		this.calls.increment();
	}

	/**
	 * Counts a call that has none.
	 */
	public void failed() {
		this.calls.increment();
		this.errors.increment();
	}

	// Loads are rare.
	public synchronized void healed() {
		this.reloads++;
		this.reloadListeners.forEach((listener) -> listener.accept(1));
	}

	/**
	 * Hears of loads: first of those that there were, then of each as it happens.
	 * @param listener takes how many there were
	 */
	public synchronized void onReload(LongConsumer listener) {
		listener.accept(this.reloads);
		this.reloadListeners.add(listener);
	}

}
