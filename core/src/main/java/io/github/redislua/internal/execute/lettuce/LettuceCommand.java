package io.github.redislua.internal.execute.lettuce;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.CompleteableCommand;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.redislua.internal.execute.call.NotSentException;
import io.github.redislua.internal.execute.call.Resp;

/**
 * A command that knows whether it was sent, so that it is never sent twice: when a
 * connection breaks, Lettuce by itself sends everything again that has no reply yet.
 */
class LettuceCommand extends CompletableFuture<@Nullable Object>
		implements RedisCommand<byte[], byte[], Object>, CompleteableCommand<Object> {

	private static final byte[] PING = Resp.head(1, Resp.ascii("PING"));

	private static final Map<String, ProtocolKeyword> TYPES = Arrays.stream(CommandType.values())
		.collect(Collectors.toMap(CommandType::name, (type) -> type));

	private static final AtomicReferenceFieldUpdater<LettuceCommand, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(LettuceCommand.class, State.class, "state");

	private final ProtocolKeyword type;

	private final byte[] head;

	private final byte[][] values;

	private final int offset;

	private final int keyCount;

	private final boolean ownTimeout;

	private final boolean repeatable;

	private final LettuceReplyOutput output = newOutput();

	private volatile State state = State.NEW;

	/**
	 * Create a new command.
	 * @param type the command
	 * @param head the protocol's bytes up to the values
	 * @param values what follows
	 * @param offset where in the values to begin
	 * @param keyCount how many of the values are keys
	 * @param ownTimeout whether the caller minds the time, and not Lettuce
	 * @param repeatable whether Lettuce may send it again when it has reconnected
	 */
	LettuceCommand(ProtocolKeyword type, byte[] head, byte[][] values, int offset, int keyCount, boolean ownTimeout,
			boolean repeatable) {
		this.type = type;
		this.head = head;
		this.values = values;
		this.offset = offset;
		this.keyCount = keyCount;
		this.ownTimeout = ownTimeout;
		this.repeatable = repeatable;
	}

	/**
	 * Where the reply is collected.
	 * @return the output of this command
	 */
	LettuceReplyOutput newOutput() {
		return new Output();
	}

	/**
	 * Whether the server named another one instead of running the command, so that it may
	 * be sent there.
	 * @return {@code true} if Lettuce is to follow
	 */
	boolean isRedirected() {
		return false;
	}

	/**
	 * Takes the command back.
	 * @return {@code true} if it never was and never will be sent
	 */
	private boolean withdraw() {
		return this.state == State.WITHDRAWN || STATE.compareAndSet(this, State.NEW, State.WITHDRAWN);
	}

	/**
	 * Takes the command back if it can still be, and ends it in that case.
	 */
	void giveUp() {
		if (!isDone() && withdraw()) {
			super.completeExceptionally(
					new NotSentException("No connection to Redis; " + this.type + " was not sent", null));
		}
	}

	/**
	 * Ends the command, for which there is no time left.
	 * @param timeout how long it was waited for, in nanoseconds
	 * @return the exception it ends with
	 */
	RuntimeException expire(long timeout) {
		String time = TimeUnit.NANOSECONDS.toMillis(timeout) + " ms";
		RuntimeException exception = withdraw()
				? new RedisConnectionException(
						"No connection to Redis within " + time + "; " + this.type + " was not sent")
				: new RedisCommandTimeoutException(
						"No reply to " + this.type + " within " + time + "; whether the script ran is unknown");
		super.completeExceptionally(exception);
		return exception;
	}

	/**
	 * Notes that the connection was lost: what was sent has no known outcome.
	 */
	void connectionLost() {
		if (this.state == State.SENT) {
			completeExceptionally(new RedisConnectionException(
					"Connection to Redis lost after " + this.type + " was sent; whether the script ran is unknown"));
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		withdraw();
		return super.cancel(mayInterruptIfRunning);
	}

	@Override
	public void encode(ByteBuf buffer) {
		boolean first = STATE.compareAndSet(this, State.NEW, State.SENT);
		boolean again = this.state == State.SENT && (this.repeatable || isRedirected());
		if (!first && !again) {
			// Sent again after a reconnect that nobody told of, as behind ReadFrom, or
			// taken
			// back a moment ago. Lettuce waits for a reply already, so that something
			// must
			// go out.
			connectionLost();
			buffer.writeBytes(PING);
			return;
		}
		this.output.reset();
		buffer.writeBytes(this.head);
		for (int i = this.offset; i < this.values.length; i++) {
			byte[] value = this.values[i];
			buffer.ensureWritable(value.length + 16);
			buffer.writeByte('$');
			writeDecimal(buffer, value.length);
			buffer.writeByte('\r').writeByte('\n');
			buffer.writeBytes(value);
			buffer.writeByte('\r').writeByte('\n');
		}
	}

	static void writeDecimal(ByteBuf buffer, int number) {
		if (number < 10) {
			buffer.writeByte('0' + number);
			return;
		}
		int divisor = 10;
		while (number / divisor >= 10) {
			divisor *= 10;
		}
		for (; divisor > 0; divisor /= 10) {
			buffer.writeByte('0' + number / divisor % 10);
		}
	}

	@Override
	public CommandOutput<byte[], byte[], Object> getOutput() {
		return this.output;
	}

	@Override
	public void setOutput(CommandOutput<byte[], byte[], Object> output) {
		throw new IllegalStateException("The output of a script's call is its own");
	}

	@Override
	public void complete() {
		complete(this.output.get());
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		if (this.ownTimeout && ex instanceof RedisCommandTimeoutException) {
			return false;
		}
		return super.completeExceptionally(ex);
	}

	@Override
	public void cancel() {
		cancel(true);
	}

	// Lettuce asks for the arguments to find the node of a cluster, to trace and to log.
	@Override
	public CommandArgs<byte[], byte[]> getArgs() {
		CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
		for (int i = this.offset; i < this.values.length; i++) {
			if (i < this.keyCount) {
				args.addKey(this.values[i]);
			}
			else {
				args.addValue(this.values[i]);
			}
		}
		return args;
	}

	@Override
	public ProtocolKeyword getType() {
		return this.type;
	}

	@Override
	public void onComplete(Consumer<? super Object> action) {
		thenAccept(action);
	}

	@Override
	public void onComplete(BiConsumer<? super Object, Throwable> action) {
		whenComplete(action);
	}

	@Override
	public String toString() {
		return "LettuceCommand [type=" + this.type + ", state=" + this.state + ", done=" + isDone() + ']';
	}

	/**
	 * Lettuce's own constant where there is one: it decides by it what may go to a
	 * replica. {@code SCRIPT} is among that, but the script is needed where the call
	 * goes.
	 * @param name the name of the command
	 * @return the command's type
	 */
	static ProtocolKeyword typeOf(String name) {
		ProtocolKeyword type = name.equals(Script.NAME) ? Script.INSTANCE : TYPES.get(name);
		Assert.notNull(type, () -> "Lettuce does not know " + name);
		return type;
	}

	private enum State {

		/** Not sent yet. */
		NEW,

		/** Handed to the connection: it may have left this machine. */
		SENT,

		/** Never to be sent. */
		WITHDRAWN

	}

	/**
	 * Completes the command when the reply is there. Lettuce would do it through its
	 * wrappers, one of which may have taken a timeout for the end that this command does
	 * not mind.
	 */
	private final class Output extends LettuceReplyOutput {

		@Override
		public void finished() {
			LettuceCommand.this.complete();
		}

	}

	private static final class Script implements ProtocolKeyword {

		static final String NAME = "SCRIPT";

		static final Script INSTANCE = new Script();

		private static final byte[] BYTES = Resp.ascii(NAME);

		@Override
		public byte[] getBytes() {
			return BYTES;
		}

		@Override
		public String toString() {
			return NAME;
		}

	}

}
