package io.github.redislua.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observations of calls and their keys. A bean of this type replaces the
 * {@linkplain DefaultLuaScriptObservationConvention default}.
 */
public interface LuaScriptObservationConvention extends ObservationConvention<LuaScriptObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof LuaScriptObservationContext;
	}

}
