package io.github.redislua.internal.execute.lettuce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.NotSentException;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;

/**
 * A server that is reached through Lettuce.
 */
abstract class LettuceNode extends ScriptNode {

	private static final ProtocolKeyword[] TYPES = Arrays.stream(EvalCommand.values())
		.map((command) -> LettuceCommand.typeOf(command.name()))
		.toArray(ProtocolKeyword[]::new);

	private final LettuceConnectionFactory factory;

	private final long defaultTimeout;

	private final boolean repeatable;

	/**
	 * Create a new node.
	 * @param name the server's name
	 * @param factory the connection factory
	 * @param repeatable whether Lettuce itself may send an idempotent call again
	 */
	LettuceNode(String name, LettuceConnectionFactory factory, boolean repeatable) {
		super(name);
		this.factory = factory;
		this.defaultTimeout = factory.getClientConfiguration().getCommandTimeout().toNanos();
		this.repeatable = repeatable;
	}

	/**
	 * The connection to the server, if it is there already.
	 * @return the connection, to be released after use, or {@code null}
	 */
	abstract @Nullable LettuceChannel open();

	/**
	 * Connects to the server.
	 * @return completes with a connection, to be released after use
	 */
	abstract CompletableFuture<LettuceChannel> connect();

	private LettuceChannel channel(@Nullable Duration timeout) {
		LettuceChannel channel = open();
		return (channel != null) ? channel : await(timeout);
	}

	/**
	 * Connects to the server and waits.
	 * @param timeout how long, {@code null} for the client's own timeout
	 * @return a connection, to be released after use
	 */
	LettuceChannel await(@Nullable Duration timeout) {
		try {
			long nanos = nanos(timeout);
			return (nanos > 0) ? connect().get(nanos, TimeUnit.NANOSECONDS) : connect().get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw translate(new RedisCommandInterruptedException(ex));
		}
		catch (TimeoutException ex) {
			throw new NotSentException("No connection to " + name() + " in time; nothing was sent", ex);
		}
		catch (ExecutionException ex) {
			throw translate((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	private <T> CompletableFuture<T> connected(Function<LettuceChannel, CompletableFuture<T>> submission) {
		LettuceChannel channel = open();
		if (channel != null) {
			return submission.apply(channel);
		}
		Connecting<T> result = new Connecting<>();
		connect().whenComplete((connected, ex) -> {
			if (connected == null) {
				Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
				result.completeExceptionally(translate(cause));
			}
			else if (result.isDone()) {
				connected.release();
			}
			else {
				result.follow(() -> submission.apply(connected));
			}
		});
		return result;
	}

	@Override
	public @Nullable Object send(ScriptCall call) {
		CallOptions options = call.options();
		LettuceChannel channel = channel(options.timeout());
		try {
			return channel.send(command(call), options.idempotent(), nanos(options.timeout()));
		}
		catch (RuntimeException ex) {
			throw translate(ex);
		}
		finally {
			channel.release();
		}
	}

	@Override
	public List<@Nullable Object> sendAll(@Nullable Duration timeout, List<byte[][]> commands) {
		LettuceChannel channel = channel(timeout);
		try {
			return translated(channel.sendAll(commands(timeout, commands), nanos(timeout)));
		}
		catch (RuntimeException ex) {
			throw translate(ex);
		}
		finally {
			channel.release();
		}
	}

	@Override
	public CompletableFuture<@Nullable Object> submit(ScriptCall call) {
		return connected((channel) -> submit(channel, call));
	}

	private CompletableFuture<@Nullable Object> submit(LettuceChannel channel, ScriptCall call) {
		LettuceCommand command = command(call);
		CompletableFuture<@Nullable Object> result = new Submitted<>(List.of(command));
		command.whenComplete((reply, ex) -> {
			channel.release();
			if (ex != null) {
				result.completeExceptionally(translate(ex));
			}
			else {
				result.complete(reply);
			}
		});
		channel.submit(command, nanos(call.options().timeout()));
		return result;
	}

	@Override
	public CompletableFuture<List<@Nullable Object>> submitAll(@Nullable Duration timeout, List<byte[][]> commands) {
		return connected((channel) -> submitAll(channel, timeout, commands(timeout, commands)));
	}

	private CompletableFuture<List<@Nullable Object>> submitAll(LettuceChannel channel, @Nullable Duration timeout,
			List<LettuceCommand> sent) {
		CompletableFuture<List<@Nullable Object>> result = new Submitted<>(sent);
		channel.submitAll(sent, nanos(timeout)).whenComplete((none, ex) -> {
			channel.release();
			List<@Nullable Object> replies = new ArrayList<>(sent.size());
			for (LettuceCommand command : sent) {
				replies.add(outcome(command));
			}
			result.complete(translated(replies));
		});
		return result;
	}

	private static @Nullable Object outcome(LettuceCommand command) {
		try {
			return command.join();
		}
		catch (CompletionException ex) {
			return (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private LettuceCommand command(ScriptCall call) {
		CallOptions options = call.options();
		return new LettuceCommand(TYPES[call.command().ordinal()], call.head(), call.values(), 0, call.keyCount(),
				options.timeout() != null, this.repeatable && options.idempotent());
	}

	private static List<LettuceCommand> commands(@Nullable Duration timeout, List<byte[][]> commands) {
		List<LettuceCommand> result = new ArrayList<>(commands.size());
		for (byte[][] arguments : commands) {
			result.add(command(timeout, arguments));
		}
		return result;
	}

	static LettuceCommand command(@Nullable Duration timeout, byte[][] arguments) {
		String name = new String(arguments[0], StandardCharsets.US_ASCII);
		byte[] head = Resp.head(arguments.length, arguments[0]);
		return new LettuceCommand(LettuceCommand.typeOf(name), head, arguments, 1, 0, timeout != null, false);
	}

	private long nanos(@Nullable Duration timeout) {
		return (timeout != null) ? timeout.toNanos() : this.defaultTimeout;
	}

	private List<@Nullable Object> translated(List<@Nullable Object> replies) {
		replies.replaceAll((reply) -> (reply instanceof RuntimeException ex) ? translate(ex) : reply);
		return replies;
	}

	private RuntimeException translate(Throwable ex) {
		return translate(this.factory, ex);
	}

	static RuntimeException translate(LettuceConnectionFactory factory, Throwable ex) {
		if (ex instanceof DataAccessException known) {
			return known;
		}
		RuntimeException translated = (ex instanceof RuntimeException runtime)
				? factory.translateExceptionIfPossible(runtime) : null;
		return (translated != null) ? translated : new RedisSystemException(String.valueOf(ex.getMessage()), ex);
	}

	/**
	 * The outcome of commands that are submitted when there is a connection. Who cancels
	 * it before has them never submitted, and who does so later cancels them.
	 *
	 * @param <T> the type of the outcome
	 */
	private static final class Connecting<T> extends CompletableFuture<T> {

		private volatile @Nullable CompletableFuture<T> submitted;

		void follow(Supplier<CompletableFuture<T>> submission) {
			CompletableFuture<T> submitted;
			try {
				submitted = submission.get();
			}
			catch (RuntimeException ex) {
				completeExceptionally(ex);
				return;
			}
			this.submitted = submitted;
			if (isCancelled()) {
				submitted.cancel(false);
			}
			submitted.whenComplete((value, ex) -> {
				if (ex != null) {
					completeExceptionally(ex);
				}
				else {
					complete(value);
				}
			});
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			boolean cancelled = super.cancel(mayInterruptIfRunning);
			CompletableFuture<T> submitted = this.submitted;
			if (submitted != null) {
				submitted.cancel(mayInterruptIfRunning);
			}
			return cancelled;
		}

	}

	/**
	 * The outcome of commands. Cancelling it cancels them.
	 *
	 * @param <T> the type of the outcome
	 */
	private static final class Submitted<T> extends CompletableFuture<T> {

		private final List<LettuceCommand> commands;

		Submitted(List<LettuceCommand> commands) {
			this.commands = commands;
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			boolean cancelled = super.cancel(mayInterruptIfRunning);
			this.commands.forEach((command) -> command.cancel(mayInterruptIfRunning));
			return cancelled;
		}

	}

}
