package io.github.redislua.internal.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.redislua.internal.script.HealingListener;
import io.github.redislua.internal.script.Script;

/**
 * The counters of all scripts, by name: a script keeps them when its file is changed.
 */
public final class ScriptStatistics implements HealingListener {

	private final Map<String, ScriptCounters> counters = new TreeMap<>();

	private final List<Consumer<ScriptCounters>> listeners = new ArrayList<>();

	private final HealingLog log = new HealingLog(System::nanoTime);

	/**
	 * The counters of a script.
	 * @param script the name of the script
	 * @return always the same object for the same name
	 */
	public synchronized ScriptCounters counters(String script) {
		ScriptCounters known = this.counters.get(script);
		if (known != null) {
			return known;
		}
		ScriptCounters added = new ScriptCounters(script);
		this.counters.put(script, added);
		this.listeners.forEach((listener) -> listener.accept(added));
		return added;
	}

	/**
	 * Hands over the counters of all scripts, now those that there are and later those
	 * that are added.
	 * @param listener takes the counters of one script
	 */
	public synchronized void forEach(Consumer<ScriptCounters> listener) {
		this.counters.values().forEach(listener);
		this.listeners.add(listener);
	}

	@Override
	public void healed(Script script, String node) {
		counters(script.name()).healed();
		this.log.healed(script, node);
	}

}
