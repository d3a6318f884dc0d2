package io.github.redislua.internal.execute.lettuce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.MapReply;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.Slots;

/**
 * A call in a pipeline or a transaction of Spring Data Redis, which hands the reply to
 * the application: errors stay errors, and maps become maps. Like any call it is not sent
 * twice, whatever Lettuce does with the rest of the pipeline.
 */
final class LettucePipelineCommand extends LettuceCommand implements RedisFuture<Object> {

	private final ScriptCall call;

	private final boolean cluster;

	private final int slot;

	private @Nullable LettucePipelineHealing pipeline;

	private @Nullable LettucePipelineHealing healing;

	private int database;

	private Runnable healed = () -> {
	};

	private boolean sentAgain;

	/** Completes when the call has ended, and when the server did not know the script. */
	private volatile CompletableFuture<@Nullable Void> event = new CompletableFuture<>();

	/**
	 * Create a new command.
	 * @param call the call
	 * @param cluster whether it goes to a cluster
	 */
	LettucePipelineCommand(ScriptCall call, boolean cluster) {
		super(typeOf(call.command().name()), call.head(), call.values(), 0, call.keyCount(), false, false);
		this.call = call;
		this.cluster = cluster;
		this.slot = cluster ? Slots.of(call) : -1;
	}

	/**
	 * Makes the call one of a pipeline.
	 * @param pipeline heals its calls
	 * @param database the database that the call is for
	 */
	void in(LettucePipelineHealing pipeline, int database) {
		this.pipeline = pipeline;
		this.database = database;
		pipeline.add(this);
	}

	/**
	 * Has the call sent again if the server does not know the script. A call in a
	 * transaction must not be.
	 * @param healed to be run when that was done and the server has the script
	 */
	void healBy(Runnable healed) {
		this.healing = this.pipeline;
		this.healed = healed;
		whenComplete((reply, ex) -> this.event.complete(null));
	}

	int database() {
		return this.database;
	}

	String sha1() {
		return this.call.target().script().sha1();
	}

	// Without a key Lettuce would choose any node, a replica perhaps.
	@Override
	public CommandArgs<byte[], byte[]> getArgs() {
		if (!this.cluster || this.slot >= 0) {
			return super.getArgs();
		}
		byte[] anywhere = new byte[8];
		ThreadLocalRandom.current().nextBytes(anywhere);
		return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(anywhere);
	}

	@Override
	public LettuceReplyOutput newOutput() {
		return new Deferred();
	}

	private Deferred output() {
		return (Deferred) getOutput();
	}

	@Override
	public boolean isRedirected() {
		return output().redirected;
	}

	@Override
	public void complete() {
		Deferred output = output();
		if (isDone()) {
			// The reply came too late.
			return;
		}
		if (!output.hasError()) {
			complete(output.get());
		}
		else if (this.healing != null && output.isMissingScript()) {
			missed(this.healing);
		}
		else {
			completeExceptionally(new RedisCommandExecutionException(output.getError()));
		}
	}

	private void missed(LettucePipelineHealing healing) {
		healing.missed(this);
		this.event.complete(null);
	}

	/**
	 * Sends the call again.
	 * @param connection the connection that the pipeline is on
	 * @param first whether no other call brings the source
	 */
	void sendAgain(StatefulConnection<byte[], byte[]> connection, boolean first) {
		EvalCommand command = this.call.command();
		boolean bySource = first || this.sentAgain;
		this.sentAgain = true;
		LettucePipelineCommand again = new LettucePipelineCommand(
				this.call.with(bySource ? command.withSource() : command), this.cluster);
		again.whenComplete((reply, ex) -> ended(again, reply, ex));
		try {
			connection.dispatch(again);
		}
		catch (RuntimeException ex) {
			again.completeExceptionally(ex);
		}
	}

	private void ended(LettucePipelineCommand again, @Nullable Object reply, @Nullable Throwable ex) {
		Deferred output = again.output();
		LettucePipelineHealing healing = this.healing;
		if (ex != null && healing != null && !again.call.command().bySource() && output.isMissingScript()) {
			missed(healing);
			return;
		}
		output().text = output.text;
		try {
			if (ex == null || output.ran()) {
				this.healed.run();
			}
		}
		finally {
			if (ex == null) {
				complete(reply);
			}
			else {
				completeExceptionally(ex);
			}
		}
	}

	/**
	 * Leaves it at the server's answer.
	 */
	void giveUpHealing() {
		completeExceptionally(new RedisCommandExecutionException(output().getError()));
	}

	// Who waits for the results of a pipeline has sent all of it: only then a call can be
	// sent again without getting between the others.
	@Override
	@SuppressWarnings("NullAway") // Lettuce is not annotated
	public Object get() throws InterruptedException, ExecutionException {
		while (this.healing != null && !isDone()) {
			this.event.get();
			heal(this.healing);
		}
		try {
			return super.get();
		}
		catch (ExecutionException ex) {
			finish(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
			throw ex;
		}
	}

	/**
	 * Waits until the call has ended, and sends it again if it has to be.
	 * @param deadline until when
	 * @return whether it has ended
	 */
	boolean awaitHealed(long deadline) throws InterruptedException {
		try {
			while (this.healing != null && !isDone()) {
				this.event.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
				heal(this.healing);
			}
			return true;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	private void finish(long deadline) throws InterruptedException {
		if (this.pipeline != null) {
			this.pipeline.finish(deadline);
		}
	}

	@Override
	@SuppressWarnings("NullAway") // as above
	public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		long deadline = System.nanoTime() + unit.toNanos(timeout);
		while (this.healing != null && !isDone()) {
			this.event.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
			heal(this.healing);
		}
		try {
			return super.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			finish(deadline);
			throw ex;
		}
	}

	private void heal(LettucePipelineHealing healing) {
		this.event = new CompletableFuture<>();
		if (!isDone()) {
			healing.heal();
		}
	}

	// Spring Data Redis reads the reason of a failure from the output.
	@Override
	public boolean completeExceptionally(Throwable ex) {
		Deferred output = output();
		if (!output.hasError()) {
			output.text = String.valueOf(ex.getMessage());
		}
		return super.completeExceptionally(ex);
	}

	@Override
	@SuppressWarnings("NullAway") // Lettuce is not annotated
	public String getError() {
		return output().getError();
	}

	@Override
	public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
		try {
			get(timeout, unit);
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			// It has ended, and that is all that is asked.
		}
		return true;
	}

	/**
	 * Collects the reply.
	 */
	private final class Deferred extends LettuceReplyOutput {

		private @Nullable String text;

		private boolean nested;

		private boolean redirected;

		@Override
		public void reset() {
			super.reset();
			this.text = null;
			this.nested = false;
			this.redirected = false;
		}

		boolean isMissingScript() {
			return this.text != null && new ErrorReply(this.text, this.nested, null).isMissingScript();
		}

		/**
		 * Whether the error is one of the script itself.
		 * @return {@code true} if the script ran
		 */
		boolean ran() {
			return this.text != null && (this.nested || new ErrorReply(this.text, false, null).raisedInScript());
		}

		@Override
		public void setError(@Nullable String error) {
			if (error == null) {
				// Lettuce is about to follow a redirection.
				this.text = null;
				return;
			}
			if (this.text != null) {
				// The first one counts.
				return;
			}
			this.nested = isInside();
			ErrorReply reply = new ErrorReply(error, this.nested, null);
			this.redirected = Redirection.of(reply, LettucePipelineCommand.this.slot) != null;
			boolean followed = this.redirected || !LettucePipelineCommand.this.cluster
					|| !(reply.hasCode("MOVED") || reply.hasCode("ASK"));
			// Lettuce would run a script again whose own error begins like that.
			this.text = followed ? error : "ERR " + error;
		}

		@Override
		public boolean hasError() {
			return this.text != null;
		}

		@Override
		@SuppressWarnings("NullAway")
		public String getError() {
			return this.text;
		}

		@Override
		@SuppressWarnings("NullAway")
		public Object get() {
			return plain(super.get());
		}

		private static @Nullable Object plain(@Nullable Object reply) {
			if (reply instanceof List<?> list) {
				List<@Nullable Object> result = new ArrayList<>(list.size());
				list.forEach((element) -> result.add(plain(element)));
				return result;
			}
			if (reply instanceof MapReply map) {
				Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
				List<@Nullable Object> entries = map.entries();
				for (int i = 0; i < entries.size(); i += 2) {
					result.put(plain(entries.get(i)), plain(entries.get(i + 1)));
				}
				return result;
			}
			return reply;
		}

	}

}
