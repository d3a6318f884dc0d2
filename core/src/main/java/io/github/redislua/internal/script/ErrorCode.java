package io.github.redislua.internal.script;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptExecutionException;

/**
 * The code of a script's error, if it may be shown: an error of one word is its own code,
 * and a script may put anything into it.
 */
public final class ErrorCode {

	private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

	private ErrorCode() {
	}

	public static @Nullable String of(Throwable error) {
		String code = (error instanceof LuaScriptExecutionException ex) ? ex.getCode() : null;
		return (code != null && CODE.matcher(code).matches()) ? code : null;
	}

}
