package io.github.redislua.internal.execute.lettuce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.CallFailure.Kind;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.PendingReply;
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

	private static final long UNKNOWN = -1;

	private final LettuceFailures failures;

	private final long defaultTime;

	private final boolean repeatable;

	/**
	 * Create a new node.
	 * @param name the server's name
	 * @param factory the connection factory
	 * @param repeatable whether Lettuce itself may send an idempotent call again
	 */
	LettuceNode(String name, LettuceConnectionFactory factory, boolean repeatable) {
		super(name);
		this.failures = new LettuceFailures(name, factory);
		long timeout = factory.getClientConfiguration().getCommandTimeout().toNanos();
		this.defaultTime = (timeout > 0) ? timeout : UNKNOWN;
		this.repeatable = repeatable;
	}

	/**
	 * The connection to the server, if it is there already.
	 * @return the connection, to be released after use, or {@code null}
	 */
	abstract @Nullable LettuceChannel open();

	/**
	 * Connects to the server, without waiting for it.
	 * @return completes with a connection, to be released after use
	 */
	abstract CompletableFuture<LettuceChannel> connect();

	LettuceFailures failures() {
		return this.failures;
	}

	private LettuceChannel channel(long until, long time) {
		LettuceChannel channel = open();
		return (channel != null) ? channel : await(until, time);
	}

	private LettuceChannel await(long until, long time) {
		if (until - System.nanoTime() <= 0) {
			throw this.failures.expired(false, time);
		}
		CompletableFuture<LettuceChannel> connecting = connect();
		try {
			return connecting.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			giveUp(connecting);
			Thread.currentThread().interrupt();
			throw this.failures.interrupted(false, ex);
		}
		catch (TimeoutException ex) {
			giveUp(connecting);
			throw this.failures.expired(false, time);
		}
		catch (ExecutionException ex) {
			throw this.failures.notConnected(ex);
		}
	}

	private void giveUp(CompletableFuture<LettuceChannel> connecting) {
		abandon(connecting);
		connecting.thenAccept(LettuceChannel::release);
	}

	/**
	 * Says that nobody waits for a connection any more.
	 * @param connecting what {@link #connect()} has returned
	 */
	void abandon(CompletableFuture<LettuceChannel> connecting) {
		// Others wait for it.
	}

	@Override
	public @Nullable Object send(ScriptCall call, long until) {
		long time = time(call);
		while (true) {
			LettuceChannel channel = channel(until, time);
			try {
				return channel.send(command(call, time), until);
			}
			catch (CallFailure ex) {
				if (!isReplaced(channel, ex) || until - System.nanoTime() <= 0) {
					throw ex;
				}
			}
			finally {
				channel.release();
			}
		}
	}

	@Override
	public List<@Nullable Object> sendAll(List<byte[][]> commands, long until) {
		while (true) {
			LettuceChannel channel = channel(until, UNKNOWN);
			try {
				return LettuceBatch.sent(channel.sendAll(commands(commands), until));
			}
			catch (CallFailure ex) {
				if (!isReplaced(channel, ex) || until - System.nanoTime() <= 0) {
					throw ex;
				}
			}
			finally {
				channel.release();
			}
		}
	}

	// Another connection took its place at the very moment.
	private static boolean isReplaced(LettuceChannel channel, CallFailure failure) {
		return failure.kind() == Kind.NOT_SENT && channel.isRetired() && !Thread.currentThread().isInterrupted();
	}

	@Override
	public PendingReply<@Nullable Object> submit(ScriptCall call) {
		LettuceChannel channel = open();
		return (channel != null) ? submit(channel, call)
				: new LettuceWaiting<@Nullable Object>(this, (connected) -> submit(connected, call)).start();
	}

	private PendingReply<@Nullable Object> submit(LettuceChannel channel, ScriptCall call) {
		LettuceCommand command = command(call, time(call));
		channel.submit(command);
		return released(channel, command);
	}

	@Override
	public PendingReply<List<@Nullable Object>> submitAll(List<byte[][]> commands) {
		LettuceChannel channel = open();
		return (channel != null) ? submitAll(channel, commands)
				: new LettuceWaiting<List<@Nullable Object>>(this, (connected) -> submitAll(connected, commands))
					.start();
	}

	private PendingReply<List<@Nullable Object>> submitAll(LettuceChannel channel, List<byte[][]> commands) {
		List<LettuceCommand> sent = commands(commands);
		LettuceBatch batch = new LettuceBatch(sent);
		channel.submit(sent);
		return released(channel, batch);
	}

	private <T> PendingReply<T> released(LettuceChannel channel, PendingReply<T> reply) {
		if (!channel.isShared()) {
			reply.whenComplete((value, ex) -> release(channel));
		}
		return reply;
	}

	/**
	 * Releases a connection, on a thread that must not be blocked.
	 * @param channel the connection
	 */
	void release(LettuceChannel channel) {
		channel.release();
	}

	private LettuceCommand command(ScriptCall call, long time) {
		return new LettuceCommand(this.failures, TYPES[call.command().ordinal()], call.head(), call.values(), 0,
				call.keyCount(), time, this.repeatable && call.options().idempotent());
	}

	private List<LettuceCommand> commands(List<byte[][]> commands) {
		List<LettuceCommand> result = new ArrayList<>(commands.size());
		for (byte[][] arguments : commands) {
			result.add(command(this.failures, arguments));
		}
		return result;
	}

	static LettuceCommand command(LettuceFailures failures, byte[][] arguments) {
		String name = new String(arguments[0], StandardCharsets.US_ASCII);
		byte[] head = Resp.head(arguments.length, arguments[0]);
		return new LettuceCommand(failures, LettuceCommand.typeOf(name), head, arguments, 1, 0, UNKNOWN, false);
	}

	private long time(ScriptCall call) {
		Duration timeout = call.options().timeout();
		return (timeout != null) ? timeout.toNanos() : this.defaultTime;
	}

}
