package io.github.redislua.internal.execute.lettuce;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.lettuce.core.RedisCommandTimeoutException;
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

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.PendingReply;
import io.github.redislua.internal.execute.call.Resp;

/**
 * A command that knows whether it was sent, so that it is never sent twice: when a
 * connection breaks, Lettuce by itself sends everything again that has no reply yet. Ends
 * with a neutral reply or a {@link CallFailure}.
 */
class LettuceCommand extends PendingReply<@Nullable Object>
		implements RedisCommand<byte[], byte[], Object>, CompleteableCommand<Object> {

	private static final byte[] PING = Resp.head(1, Resp.ascii("PING"));

	private static final Map<String, ProtocolKeyword> TYPES = Arrays.stream(CommandType.values())
		.collect(Collectors.toMap(CommandType::name, (type) -> type));

	private static final AtomicReferenceFieldUpdater<LettuceCommand, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(LettuceCommand.class, State.class, "state");

	private final LettuceFailures failures;

	private final ProtocolKeyword type;

	private final byte[] head;

	private final byte[][] values;

	private final int offset;

	private final int keyCount;

	private final long time;

	private final boolean repeatable;

	private final LettuceReplyOutput output = newOutput();

	// Where it is to be forgotten at its end.
	private @Nullable LettuceChannel channel;

	private volatile State state = State.NEW;

	/**
	 * Create a new command.
	 * @param failures tells what exceptions mean
	 * @param type the command
	 * @param head the protocol's bytes up to the values
	 * @param values what follows
	 * @param offset where in the values to begin
	 * @param keyCount how many of the values are keys
	 * @param time how long it is waited for in nanoseconds, for messages; negative if
	 * that is not known
	 * @param repeatable whether Lettuce may send it again when it has reconnected
	 */
	LettuceCommand(LettuceFailures failures, ProtocolKeyword type, byte[] head, byte[][] values, int offset,
			int keyCount, long time, boolean repeatable) {
		this.failures = failures;
		this.type = type;
		this.head = head;
		this.values = values;
		this.offset = offset;
		this.keyCount = keyCount;
		this.time = time;
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

	boolean isRepeatable() {
		return this.repeatable;
	}

	LettuceFailures failures() {
		return this.failures;
	}

	/**
	 * Has the command tell when it has ended.
	 * @param channel where it is under way
	 */
	void on(LettuceChannel channel) {
		this.channel = channel;
	}

	/**
	 * Takes the command back.
	 * @return {@code true} if it never was and never will be sent
	 */
	final boolean withdraw() {
		return this.state == State.WITHDRAWN || STATE.compareAndSet(this, State.NEW, State.WITHDRAWN);
	}

	/**
	 * Takes the command back if it can still be, and ends it in that case.
	 * @param reason why it is not sent, {@code null} if there is no connection
	 */
	void giveUp(@Nullable Throwable reason) {
		if (!isDone() && withdraw()) {
			fail(this.failures.ended(reason, false));
		}
	}

	@Override
	public void expire() {
		fail(this.failures.expired(!withdraw(), this.time));
	}

	/**
	 * Ends the command, because the thread that waits for it was interrupted.
	 * @param ex the interruption
	 */
	void interrupt(InterruptedException ex) {
		fail(this.failures.interrupted(!withdraw(), ex));
	}

	/**
	 * Notes that the connection was lost: what was sent has no known outcome.
	 */
	void connectionLost() {
		if (this.state == State.SENT) {
			fail(this.failures.lost());
		}
	}

	/**
	 * Ends the command.
	 * @param failure how
	 * @return whether it had not ended before
	 */
	boolean fail(CallFailure failure) {
		return failWith(failure);
	}

	/**
	 * Ends the command with any exception.
	 * @param ex the exception
	 * @return whether it had not ended before
	 */
	final boolean failWith(Throwable ex) {
		return end(super.completeExceptionally(ex));
	}

	private boolean end(boolean ended) {
		LettuceChannel channel = this.channel;
		if (ended && channel != null) {
			channel.ended(this);
		}
		return ended;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		withdraw();
		return end(super.cancel(mayInterruptIfRunning));
	}

	@Override
	public boolean complete(@Nullable Object reply) {
		return end(super.complete(reply));
	}

	// Lettuce's own time limit is not the one that counts.
	@Override
	public boolean completeExceptionally(Throwable ex) {
		return !(ex instanceof RedisCommandTimeoutException) && fail(this.failures.ended(ex, !withdraw()));
	}

	// Lettuce does so when it closes a connection.
	@Override
	public void cancel() {
		fail(this.failures.ended(null, !withdraw()));
	}

	@Override
	public void encode(ByteBuf buffer) {
		boolean first = STATE.compareAndSet(this, State.NEW, State.SENT);
		boolean again = this.state == State.SENT && (this.repeatable || isRedirected());
		if (!first && !again) {
			// Sent again after a reconnect that nobody told of, as behind ReadFrom, or
			// taken back a moment ago. Lettuce waits for a reply already, so that
			// something must go out.
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
