package io.github.redislua.internal.execute.lettuce;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.PendingReply;

/**
 * The replies to commands that are sent together. Completes when all of them have ended.
 */
final class LettuceBatch extends PendingReply<List<@Nullable Object>> {

	private final List<LettuceCommand> commands;

	LettuceBatch(List<LettuceCommand> commands) {
		this.commands = commands;
		CompletableFuture.allOf(commands.toArray(CompletableFuture<?>[]::new)).whenComplete((none, ex) -> ended());
	}

	private void ended() {
		List<@Nullable Object> replies = new ArrayList<>(this.commands.size());
		for (LettuceCommand command : this.commands) {
			replies.add(reply(command));
		}
		try {
			complete(sent(replies));
		}
		catch (CallFailure ex) {
			completeExceptionally(ex);
		}
	}

	private @Nullable Object reply(LettuceCommand command) {
		if (command.isCancelled()) {
			return command.failures().ended(null, !command.withdraw());
		}
		try {
			return command.join();
		}
		catch (CompletionException ex) {
			return command.failures().ended(ex.getCause(), true);
		}
	}

	/**
	 * Makes one failure of those of all commands, if none of them was sent.
	 * @param replies the replies
	 * @return the same
	 * @throws CallFailure if nothing was sent
	 */
	static List<@Nullable Object> sent(List<@Nullable Object> replies) {
		CallFailure first = null;
		for (Object reply : replies) {
			if (!(reply instanceof CallFailure failure) || failure.kind() != CallFailure.Kind.NOT_SENT) {
				return replies;
			}
			first = (first != null) ? first : failure;
		}
		if (first != null) {
			throw first;
		}
		return replies;
	}

	@Override
	public void expire() {
		this.commands.forEach(LettuceCommand::expire);
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		this.commands.forEach((command) -> command.cancel(mayInterruptIfRunning));
		return cancelled;
	}

}
