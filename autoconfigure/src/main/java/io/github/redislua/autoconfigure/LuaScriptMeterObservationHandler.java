package io.github.redislua.autoconfigure;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

import io.github.redislua.observe.LuaScriptObservationContext;

/**
 * The timer of calls. Micrometer's own handler overwrites the tag {@code error} with the
 * name of the exception, where ours has the code of the script's error.
 */
class LuaScriptMeterObservationHandler implements MeterObservationHandler<LuaScriptObservationContext> {

	private final MeterRegistry meterRegistry;

	LuaScriptMeterObservationHandler(MeterRegistry meterRegistry) {
		this.meterRegistry = meterRegistry;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof LuaScriptObservationContext;
	}

	@Override
	public void onStart(LuaScriptObservationContext context) {
		context.put(Timer.Sample.class, Timer.start(this.meterRegistry));
	}

	@Override
	public void onStop(LuaScriptObservationContext context) {
		Timer.Sample sample = context.getRequired(Timer.Sample.class);
		Tag[] tags = context.getLowCardinalityKeyValues()
			.stream()
			.map(LuaScriptMeterObservationHandler::tag)
			.toArray(Tag[]::new);
		sample.stop(Timer.builder(context.getName())
			.description("Calls of Redis Lua scripts")
			.tags(Tags.of(tags))
			.register(this.meterRegistry));
	}

	private static Tag tag(KeyValue keyValue) {
		return Tag.of(keyValue.getKey(), keyValue.getValue());
	}

}
