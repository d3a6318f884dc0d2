package io.github.redislua.internal.execute.policy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * What to do next with a call that its server did not run.
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
	 * Send a call.
	 *
	 * @param node the server
	 * @param call the call
	 */
	record Call(ScriptNode node, ScriptCall call) implements Step {

	}

	/**
	 * Send commands in one trip, on one connection.
	 *
	 * @param node the server
	 * @param commands the commands
	 */
	record Send(ScriptNode node, List<byte[][]> commands) implements Step {

	}

	/**
	 * Wait until another call has loaded the script.
	 *
	 * @param others completes when it has
	 */
	record Wait(CompletableFuture<Void> others) implements Step {

	}

	/**
	 * Let some time pass.
	 *
	 * @param time how long
	 */
	record Pause(Duration time) implements Step {

	}

}
