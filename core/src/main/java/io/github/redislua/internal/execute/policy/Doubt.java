package io.github.redislua.internal.execute.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.script.Script;

/**
 * An error in the server's words that the script could have made, too. The server is
 * asked something that it answers in one way only if the error was its own. Any other
 * answer, or none, counts against that: the script is not run twice.
 *
 * @param error the error
 * @param question what the server is asked
 */
record Doubt(ErrorReply error, Question question) {

	/**
	 * The question.
	 * @param call the call that was answered with the error
	 * @return the command
	 */
	byte[][] command(ScriptCall call) {
		return switch (this.question) {
			case HAS_SCRIPT -> Resp.scriptExists(List.of(call.target().script()));
			case IS_REPLICA -> new byte[][] { Resp.ascii("ROLE") };
			case HAS_KEYS -> Resp.keysExist(call);
		};
	}

	/**
	 * Whether the error was the server's own.
	 * @param answer the answer
	 * @param script the script
	 * @return {@code true} if the script did not run, or could not write
	 */
	boolean isDispelledBy(@Nullable Object answer, Script script) {
		return switch (this.question) {
			case HAS_SCRIPT -> isMissing(answer, script);
			case IS_REPLICA -> answer instanceof List<?> role && !role.isEmpty() && Resp.isText(role.get(0), "slave");
			case HAS_KEYS -> answer instanceof ErrorReply again && again.hasCode(this.error.code());
		};
	}

	/**
	 * Whether the error was the script's own. A server's role may have changed since, and
	 * the question may have gone to another one.
	 * @param answer the answer
	 * @return {@code true} if the script ran and made the error
	 */
	boolean isConfirmedBy(@Nullable Object answer) {
		return !(answer instanceof ErrorReply) && this.question != Question.IS_REPLICA;
	}

	// Who may not ask may still send the source, unless the script speaks of it itself.
	private boolean isMissing(@Nullable Object answer, Script script) {
		if (answer instanceof ErrorReply) {
			return this.error.isMissingScript() && !script.mentions("NOSCRIPT");
		}
		return answer instanceof List<?> exist && exist.contains(0L);
	}

	enum Question {

		/** Whether the script is in the cache. */
		HAS_SCRIPT,

		/** Whether the server is a replica. */
		IS_REPLICA,

		/** Whether the keys are there, which only a server that has the slot answers. */
		HAS_KEYS

	}

}
