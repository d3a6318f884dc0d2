package io.github.redislua.internal.monitor;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.script.Script;

/**
 * What is known of the calls afterwards.
 *
 * @param statistics the counters
 * @param observers makes the observers, {@code null} if calls are not observed
 */
public record Monitoring(ScriptStatistics statistics, @Nullable CallObservers observers) {

	public ScriptCounters counters(Script script) {
		return this.statistics.counters(script.name());
	}

	public @Nullable CallObserver observer(Script script, Class<?> repository, String method) {
		return (this.observers != null) ? this.observers.forMethod(script.name(), repository, method) : null;
	}

}
