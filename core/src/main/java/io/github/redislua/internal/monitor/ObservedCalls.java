package io.github.redislua.internal.monitor;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.github.redislua.observe.DefaultLuaScriptObservationConvention;
import io.github.redislua.observe.LuaScriptObservationContext;
import io.github.redislua.observe.LuaScriptObservationConvention;
import io.github.redislua.observe.LuaScriptObservationDocumentation;

/**
 * Calls as observations.
 */
public final class ObservedCalls implements CallObservers {

	private static final LuaScriptObservationConvention DEFAULT_CONVENTION = new DefaultLuaScriptObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable LuaScriptObservationConvention convention;

	/**
	 * Create new observers.
	 * @param registry takes the observations
	 * @param convention names them, {@code null} for the default one
	 */
	public ObservedCalls(ObservationRegistry registry, @Nullable LuaScriptObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public CallObserver forMethod(String script, Class<?> repository, String method) {
		return (parent) -> {
			// Handlers may be added to the registry at any time.
			if (this.registry.isNoop()) {
				return null;
			}
			LuaScriptObservationContext context = new LuaScriptObservationContext(script, repository, method);
			Observation observation = LuaScriptObservationDocumentation.CALL.observation(this.convention,
					DEFAULT_CONVENTION, () -> context, this.registry);
			if (parent instanceof Observation whole) {
				observation.parentObservation(whole);
			}
			return new ObservationCall(observation.start(), context);
		};
	}

}
