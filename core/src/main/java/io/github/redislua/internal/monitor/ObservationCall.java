package io.github.redislua.internal.monitor;

import io.micrometer.observation.Observation;

import io.github.redislua.internal.monitor.CallObserver.ObservedCall;
import io.github.redislua.internal.monitor.CallObserver.Scope;
import io.github.redislua.observe.LuaScriptObservationContext;

/**
 * One call as an observation.
 */
final class ObservationCall implements ObservedCall {

	private final Observation observation;

	private final LuaScriptObservationContext context;

	ObservationCall(Observation observation, LuaScriptObservationContext context) {
		this.observation = observation;
		this.context = context;
	}

	@Override
	public Scope open() {
		return this.observation.openScope()::close;
	}

	@Override
	public void succeeded() {
		this.observation.stop();
	}

	@Override
	public void failed(Throwable failure) {
		this.context.setErrorType(failure.getClass());
		this.observation.error(Discretion.without(failure, this.context.getScriptName()));
		this.observation.stop();
	}

}
