package io.github.redislua.internal.monitor;

import io.micrometer.observation.Observation;

import io.github.redislua.internal.monitor.CallObserver.ObservedCall;
import io.github.redislua.internal.monitor.CallObserver.Scope;

/**
 * One call as an observation.
 */
final class ObservationCall implements ObservedCall {

	private final Observation observation;

	ObservationCall(Observation observation) {
		this.observation = observation;
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
		this.observation.error(Discretion.without(failure));
		this.observation.stop();
	}

}
