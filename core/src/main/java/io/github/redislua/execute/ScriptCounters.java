package io.github.redislua.execute;

import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of one script, since the application was started.
 */
public final class ScriptCounters {

	private final String script;

	private final LongAdder calls = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder reloads = new LongAdder();

	ScriptCounters(String script) {
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
		return this.reloads.sum();
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

	void healed() {
		this.reloads.increment();
	}

}
