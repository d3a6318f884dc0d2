package io.github.redislua.internal.execute.policy;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptUnavailableException;
import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.CallFailure.Kind;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.MethodScript;
import io.github.redislua.internal.script.Script;

/**
 * The exceptions that callers get. Each says whether the script ran, as far as that is
 * known.
 */
final class ScriptFailures {

	/** What a server says that cannot run the script now, by code. */
	private static final Map<String, String> UNAVAILABLE = Map.of("BUSY", "is busy running a script", "LOADING",
			"is loading the dataset", "CLUSTERDOWN", "slot not served", "MASTERDOWN", "Link with MASTER is down",
			"TRYAGAIN", "Multiple keys request", "READONLY", "You can't write against a read only", "NOREPLICAS",
			"Not enough good replicas", "OOM", "command not allowed when used memory");

	private ScriptFailures() {
	}

	/**
	 * The exception for an error reply.
	 * @param script the script
	 * @param method the method that ran it, {@code null} if none did
	 * @param reply the reply
	 * @return the exception
	 */
	static RuntimeException of(Script script, @Nullable String method, ErrorReply reply) {
		ScriptError error = ScriptError.parse(reply.text());
		String message = message(script, method, error);
		String code = error.code();
		return (code != null && isUnavailable(script, code, reply)) ? new LuaScriptUnavailableException(
				message + ((reply.server() != null) ? " (" + reply.server() + ")" : "") + fate(script, reply),
				script.name(), code, cause(reply)) : executionFailure(message, script, error, cause(reply));
	}

	/**
	 * The exception for a script that the server does not take.
	 * @param script the script
	 * @param reply the server's answer to the script itself
	 * @return the exception
	 */
	static LuaScriptExecutionException rejected(Script script, ErrorReply reply) {
		ScriptError error = ScriptError.parse(reply.text());
		return executionFailure(message(script, null, error), script, error, cause(reply));
	}

	private static LuaScriptExecutionException executionFailure(String message, Script script, ScriptError error,
			RuntimeException cause) {
		return new LuaScriptExecutionException(message, script.name(), script.sha1(), error.code(), error.message(),
				location(script, error), cause);
	}

	private static RuntimeException cause(ErrorReply reply) {
		return (reply.cause() != null) ? reply.cause() : new RedisSystemException(reply.text(), null);
	}

	private static @Nullable String location(Script script, ScriptError error) {
		return (error.line() > 0) ? script.path() + ":" + error.line() : null;
	}

	private static String message(Script script, @Nullable String method, ScriptError error) {
		String location = location(script, error);
		StringBuilder message = new StringBuilder("Script '").append(script.name()).append("' failed");
		if (location != null) {
			message.append(" at ").append(location);
		}
		if (method != null) {
			message.append(" in ").append(method);
		}
		message.append(": ");
		if (error.code() != null) {
			message.append(error.code()).append(error.message().isEmpty() ? "" : " ");
		}
		return message.append(error.message()).toString();
	}

	// A script may use such a code for an error of its own, in words of its own.
	private static boolean isUnavailable(Script script, String code, ErrorReply reply) {
		String words = UNAVAILABLE.get(code);
		return words != null && reply.hasCode(code) && (!script.mayReturnErrors() || reply.raisedInScript()
				|| reply.isClusterDown() || reply.text().contains(words));
	}

	private static String fate(Script script, ErrorReply reply) {
		if (reply.repeated()) {
			return "; whether an earlier attempt of the call ran the script is unknown";
		}
		if (reply.raisedInScript()) {
			return "; the script ran up to this line";
		}
		return script.mayReturnErrors() ? "; the script did not run, unless it made this error itself"
				: "; the script did not run";
	}

	/**
	 * The exception for a call that has no reply.
	 * @param target the script and its method
	 * @param failure why there is none
	 * @return the exception, of the type that Spring Data Redis has for it
	 */
	static RuntimeException of(MethodScript target, CallFailure failure) {
		String text = "Script '%s' failed in %s: %s".formatted(target.script().name(), target.options().method(),
				reason(failure));
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return exception(failure.kind(), text, cause);
	}

	/**
	 * The exception for a call that has no time left to be sent, or to be sent again
	 * after the server did not run it.
	 * @param target the script and its method
	 * @return the exception
	 */
	static RuntimeException outOfTime(MethodScript target) {
		return new QueryTimeoutException("Script '%s' failed in %s: no time was left to send it; the script did not run"
			.formatted(target.script().name(), target.options().method()));
	}

	/**
	 * The exception for commands about scripts that have no reply.
	 * @param failure why there is none
	 * @return the exception, of the type that Spring Data Redis has for it
	 */
	static RuntimeException of(CallFailure failure) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return exception(failure.kind(), withCause(failure), cause);
	}

	private static RuntimeException exception(Kind kind, String text, Throwable cause) {
		return switch (kind) {
			case NOT_SENT, LOST, CLOSED -> new RedisConnectionFailureException(text, cause);
			case TIMED_OUT -> new QueryTimeoutException(text, cause);
			case INTERRUPTED -> new RedisSystemException(text, cause);
		};
	}

	private static String reason(CallFailure failure) {
		return withCause(failure) + ((failure.kind() == Kind.NOT_SENT) ? "; nothing was sent, the script did not run"
				: "; whether the script ran is unknown");
	}

	private static String withCause(CallFailure failure) {
		String text = String.valueOf(failure.getMessage());
		Throwable cause = failure.getCause();
		String reason = (cause != null) ? NestedExceptionUtils.getMostSpecificCause(cause).getMessage() : null;
		return (reason == null || text.contains(reason)) ? text : text + ": " + reason;
	}

}
