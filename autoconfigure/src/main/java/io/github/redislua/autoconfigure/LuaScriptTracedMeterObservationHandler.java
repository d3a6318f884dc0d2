package io.github.redislua.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingAwareMeterObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;

import io.github.redislua.observe.LuaScriptObservationContext;

/**
 * The timer of calls, with the call's span as an example where it has one: a tracer alone
 * makes none.
 */
class LuaScriptTracedMeterObservationHandler extends LuaScriptMeterObservationHandler {

	private final MeterObservationHandler<LuaScriptObservationContext> traced;

	LuaScriptTracedMeterObservationHandler(MeterRegistry meterRegistry, Tracer tracer) {
		super(meterRegistry);
		this.traced = new TracingAwareMeterObservationHandler<>(new LuaScriptMeterObservationHandler(meterRegistry),
				tracer);
	}

	@Override
	public void onStop(LuaScriptObservationContext context) {
		if (context.containsKey(TracingContext.class)) {
			this.traced.onStop(context);
		}
		else {
			super.onStop(context);
		}
	}

}
