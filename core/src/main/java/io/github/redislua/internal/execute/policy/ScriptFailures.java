package io.github.redislua.internal.execute.policy;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.ScriptTarget;
import io.github.redislua.internal.script.Script;

/**
 * Makes exceptions of error replies.
 */
final class ScriptFailures {

	private ScriptFailures() {
	}

	static LuaScriptExecutionException of(Script script, @Nullable String method, ErrorReply reply) {
		ScriptError error = ScriptError.parse(reply.text());
		String location = (error.line() > 0) ? script.path() + ":" + error.line() : null;
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
		message.append(error.message());
		RuntimeException cause = reply.cause();
		return new LuaScriptExecutionException(message.toString(), script.name(), script.sha1(), error.code(),
				error.message(), location, (cause != null) ? cause : new RedisSystemException(reply.text(), null));
	}

	/**
	 * Says which call it was that failed.
	 * @param target the script and its method
	 * @param ex why there is no reply
	 * @return an exception of the same kind, or the same one if it is of another kind
	 */
	static RuntimeException during(ScriptTarget target, RuntimeException ex) {
		if (ex instanceof RedisConnectionFailureException) {
			return new RedisConnectionFailureException(message(target, ex), ex);
		}
		return (ex instanceof QueryTimeoutException) ? new QueryTimeoutException(message(target, ex), ex) : ex;
	}

	private static String message(ScriptTarget target, Throwable ex) {
		String text = String.valueOf(ex.getMessage());
		String reason = NestedExceptionUtils.getMostSpecificCause(ex).getMessage();
		return "Script '%s' failed in %s: %s".formatted(target.script().name(), target.options().method(),
				(reason == null || text.contains(reason)) ? text : text + ": " + reason);
	}

}
