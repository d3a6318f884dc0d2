package io.github.redislua.observe;

import java.util.regex.Pattern;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.observe.LuaScriptObservationDocumentation.LowCardinalityKeyNames;

/**
 * The names of observations unless the application has others.
 */
public class DefaultLuaScriptObservationConvention implements LuaScriptObservationConvention {

	private static final String NAME = "redis.lua.script";

	private static final KeyValue SUCCESS = LowCardinalityKeyNames.OUTCOME.withValue("SUCCESS");

	private static final KeyValue FAILURE = LowCardinalityKeyNames.OUTCOME.withValue("ERROR");

	private static final KeyValue NO_ERROR = LowCardinalityKeyNames.ERROR.withValue(KeyValue.NONE_VALUE);

	// An error of one word is its own code, and a script may put anything into it.
	private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

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
				(error != null) ? LowCardinalityKeyNames.ERROR.withValue(error(error)) : NO_ERROR);
	}

	private static String error(Throwable error) {
		String code = (error instanceof LuaScriptExecutionException ex) ? ex.getCode() : null;
		return (code != null && CODE.matcher(code).matches()) ? code : error.getClass().getSimpleName();
	}

}
