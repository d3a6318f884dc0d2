package io.github.redislua.execute;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisSystemException;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.script.Script;

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

}
