package io.github.redislua.observe;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed.
 */
public enum LuaScriptObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call of a script, from being sent until it has its typed result. What the driver
	 * observes of it is a part of it; keys and arguments never are.
	 */
	CALL {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultLuaScriptObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}
	};

	/**
	 * The keys of a call, which all have few values.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The name of the script, for example {@code ratelimit/token_bucket}.
		 */
		SCRIPT {
			@Override
			public String asString() {
				return "script";
			}
		},

		/**
		 * The simple name of the interface, {@code LuaScripts} for a call by name.
		 */
		REPOSITORY {
			@Override
			public String asString() {
				return "repository";
			}
		},

		/**
		 * The name of the method, {@code execute} for a call by name.
		 */
		METHOD {
			@Override
			public String asString() {
				return "method";
			}
		},

		/**
		 * {@code SUCCESS} or {@code ERROR}.
		 */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		},

		/**
		 * The code of the script's error, the simple name of the exception if it has
		 * none, or {@code none} if there was no error.
		 */
		ERROR {
			@Override
			public String asString() {
				return "error";
			}
		}

	}

}
