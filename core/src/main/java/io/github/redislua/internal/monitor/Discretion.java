package io.github.redislua.internal.monitor;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.internal.script.ErrorCode;

/**
 * Exceptions end up in spans with their messages and those of their causes. What a script
 * says in an error, or replies, may well be made of keys and arguments.
 */
final class Discretion {

	private Discretion() {
	}

	/**
	 * An exception of the same type that says nothing but what the library says.
	 * @param failure an exception
	 * @return the same one where it holds nothing of the script's
	 */
	static Throwable without(Throwable failure) {
		if (failure instanceof LuaScriptExecutionException ex) {
			return traced(new LuaScriptExecutionException(message(ex), ex.getScriptName(), ex.getSha1(), ex.getCode(),
					"", ex.getLocation(), null), ex);
		}
		if (failure instanceof LuaScriptReplyException ex) {
			return traced(new LuaScriptReplyException("Script '" + ex.getScriptName()
					+ "' did run, but its reply does not fit: expected " + ex.getExpected(), ex.getScriptName(),
					ex.getExpected(), "", null), ex);
		}
		return failure;
	}

	private static String message(LuaScriptExecutionException ex) {
		StringBuilder message = new StringBuilder("Script '").append(ex.getScriptName()).append("' failed");
		if (ex.getLocation() != null) {
			message.append(" at ").append(ex.getLocation());
		}
		String code = ErrorCode.of(ex);
		return ((code != null) ? message.append(": ").append(code) : message).toString();
	}

	private static <T extends Throwable> T traced(T discreet, Throwable failure) {
		discreet.setStackTrace(failure.getStackTrace());
		return discreet;
	}

}
