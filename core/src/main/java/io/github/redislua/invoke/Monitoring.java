package io.github.redislua.invoke;

import org.jspecify.annotations.Nullable;

import io.github.redislua.execute.CallObserver;
import io.github.redislua.execute.CallObservers;
import io.github.redislua.execute.ScriptCounters;
import io.github.redislua.execute.ScriptStatistics;
import io.github.redislua.script.Script;

/**
 * What is known of the calls afterwards.
 *
 * @param statistics the counters
 * @param observers makes the observers, {@code null} if calls are not observed
 */
public record Monitoring(ScriptStatistics statistics, @Nullable CallObservers observers) {

	ScriptCounters counters(Script script) {
		return this.statistics.counters(script.name());
	}

	@Nullable CallObserver observer(Script script, Class<?> repository, String method) {
		return (this.observers != null) ? this.observers.forMethod(script.name(), repository, method) : null;
	}

}
