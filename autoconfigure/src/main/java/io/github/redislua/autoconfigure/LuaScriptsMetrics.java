package io.github.redislua.autoconfigure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.redislua.internal.monitor.ScriptStatistics;
import io.github.redislua.internal.repository.ScriptOverview;

/**
 * How many scripts there are, and how often each had to be loaded again.
 */
class LuaScriptsMetrics implements MeterBinder {

	private final ScriptOverview scripts;

	LuaScriptsMetrics(ScriptOverview scripts) {
		this.scripts = scripts;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("redis.lua.scripts", this.scripts, (scripts) -> scripts.scripts().size())
			.description("Lua scripts that the application knows")
			.register(registry);
		ScriptStatistics statistics = this.scripts.statistics();
		// Those that nobody has called have a counter, too.
		this.scripts.scripts().forEach((script) -> statistics.counters(script.name()));
		statistics.forEach((counters) -> {
			Counter reloads = Counter.builder("redis.lua.script.reloads")
				.description("Loads of a script that a node did not know when it was to run it")
				.tag("script", counters.script())
				.register(registry);
			counters.onReload(reloads::increment);
		});
	}

}
