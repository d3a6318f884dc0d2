package io.github.redislua.internal.execute.policy;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * What to do next with a call. Times are those of {@link System#nanoTime()}.
 */
sealed interface Step {

	/**
	 * Nothing: the call has its reply.
	 *
	 * @param reply the neutral reply or an {@link ErrorReply}
	 */
	record Done(@Nullable Object reply) implements Step {

	}

	/**
	 * Nothing: the call has no reply, and gets none.
	 *
	 * @param failure what to tell the caller
	 */
	record Fail(RuntimeException failure) implements Step {

	}

	/**
	 * Send the call.
	 *
	 * @param node the server
	 * @param call the call
	 * @param until when to stop waiting
	 */
	record Call(ScriptNode node, ScriptCall call, long until) implements Step {

	}

	/**
	 * Send commands in one trip, on one connection.
	 *
	 * @param node the server
	 * @param commands the commands
	 * @param until when to stop waiting
	 */
	record Send(ScriptNode node, List<byte[][]> commands, long until) implements Step {

	}

	/**
	 * Wait for something that others do.
	 *
	 * @param event completes when it is done, exceptionally with a {@link CallFailure}
	 * @param until when to stop waiting
	 */
	record Wait(CompletableFuture<?> event, long until) implements Step {

	}

	/**
	 * Let some time pass.
	 *
	 * @param nanos how much, always less than the call has left
	 */
	record Pause(long nanos) implements Step {

	}

}
