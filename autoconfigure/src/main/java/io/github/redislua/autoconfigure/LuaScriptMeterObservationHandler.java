package io.github.redislua.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
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

	// More than any application has scripts, methods and error codes; a filter may refuse
	// meters without end.
	private static final int MAX_TIMERS = 1000;

	private final MeterRegistry meterRegistry;

	private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();

	LuaScriptMeterObservationHandler(MeterRegistry meterRegistry) {
		this.meterRegistry = meterRegistry;
		meterRegistry.config().onMeterRemoved((meter) -> this.timers.values().remove(meter));
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
		sample.stop(timer(new TimerKey(context.getName(), context.getLowCardinalityKeyValues())));
	}

	private Timer timer(TimerKey key) {
		Timer known = this.timers.get(key);
		if (known != null) {
			return known;
		}
		Timer timer = register(key);
		if (this.timers.size() < MAX_TIMERS) {
			this.timers.put(key, timer);
		}
		return timer;
	}

	private Timer register(TimerKey key) {
		Tag[] tags = key.keyValues().stream().map(LuaScriptMeterObservationHandler::tag).toArray(Tag[]::new);
		return Timer.builder(key.name())
			.description("Calls of Redis Lua scripts")
			.tags(Tags.of(tags))
			.register(this.meterRegistry);
	}

	private static Tag tag(KeyValue keyValue) {
		return Tag.of(keyValue.getKey(), keyValue.getValue());
	}

	/**
	 * What a timer is registered under.
	 *
	 * @param name the name of the timer
	 * @param keyValues its tags
	 */
	private record TimerKey(String name, KeyValues keyValues) {

	}

}
