package io.github.redislua.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import io.github.redislua.internal.script.ErrorCode;
import io.github.redislua.observe.LuaScriptObservationDocumentation.LowCardinalityKeyNames;

/**
 * The names of observations unless the application has others.
 */
public class DefaultLuaScriptObservationConvention implements LuaScriptObservationConvention {

	private static final String NAME = "redis.lua.script";

	private static final KeyValue SUCCESS = LowCardinalityKeyNames.OUTCOME.withValue("SUCCESS");

	private static final KeyValue FAILURE = LowCardinalityKeyNames.OUTCOME.withValue("ERROR");

	private static final KeyValue NO_ERROR = LowCardinalityKeyNames.ERROR.withValue(KeyValue.NONE_VALUE);

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(LuaScriptObservationContext context) {
		return "lua " + context.getScriptName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(LuaScriptObservationContext context) {
		Throwable error = context.getError();
		return KeyValues.of(LowCardinalityKeyNames.SCRIPT.withValue(context.getScriptName()),
				LowCardinalityKeyNames.REPOSITORY.withValue(context.getRepository().getSimpleName()),
				LowCardinalityKeyNames.METHOD.withValue(context.getMethodName()), (error != null) ? FAILURE : SUCCESS,
				(error != null) ? LowCardinalityKeyNames.ERROR.withValue(error(context, error)) : NO_ERROR);
	}

	private static String error(LuaScriptObservationContext context, Throwable error) {
		String code = ErrorCode.of(error);
		Class<?> type = (context.getErrorType() != null) ? context.getErrorType() : error.getClass();
		return (code != null) ? code : type.getSimpleName();
	}

}
