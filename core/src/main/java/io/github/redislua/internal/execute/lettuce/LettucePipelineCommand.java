package io.github.redislua.internal.execute.lettuce;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.EvalCommand;
import io.github.redislua.internal.execute.call.Resp;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.Slots;

/**
 * A call in a pipeline or a transaction of Spring Data Redis, which hands the reply to
 * the application: errors stay errors, and maps become maps. Like any call it is not sent
 * twice, whatever Lettuce does with the rest of the pipeline.
 */
final class LettucePipelineCommand extends LettuceCommand implements RedisFuture<Object> {

	private static final ProtocolKeyword SCRIPT = typeOf("SCRIPT");

	private static final byte[] EXISTS = Resp.head(3, Resp.ascii("SCRIPT"), Resp.ascii("EXISTS"));

	private final ScriptCall call;

	private final boolean cluster;

	private final int slot;

	private @Nullable LettucePipelineHealing pipeline;

	private @Nullable LettucePipelineHealing healing;

	private @Nullable Integer database;

	private final Runnable reconnect;

	private @Nullable LettuceCommand question;

	private Runnable healed = () -> {
	};

	private boolean sentAgain;

	/** Completes when the call has ended, and when the server did not know the script. */
	private volatile CompletableFuture<@Nullable Void> event = new CompletableFuture<>();

	/**
	 * Create a new command.
	 * @param failures tells what exceptions mean
	 * @param call the call
	 * @param cluster whether it goes to a cluster
	 * @param reconnect to be run when the server turns out to be a replica
	 */
	LettucePipelineCommand(LettuceFailures failures, ScriptCall call, boolean cluster, Runnable reconnect) {
		super(failures, typeOf(call.command().name()), call.head(), call.values(), 0, call.keyCount(), -1, false);
		this.call = call;
		this.cluster = cluster;
		this.slot = cluster ? Slots.of(call) : -1;
		this.reconnect = reconnect;
		output().expect(this.slot, cluster);
	}

	/**
	 * Makes the call one of a pipeline.
	 * @param pipeline heals its calls
	 * @param database the database that the call is for
	 */
	void in(LettucePipelineHealing pipeline, @Nullable Integer database) {
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

	@Nullable Integer database() {
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
		return new LettucePipelineOutput();
	}

	private LettucePipelineOutput output() {
		return (LettucePipelineOutput) getOutput();
	}

	@Override
	public boolean isRedirected() {
		return output().isRedirected();
	}

	@Override
	public void complete() {
		LettucePipelineOutput output = output();
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
			if (output.isReadOnlyReplica() && !this.call.target().script().mentions("READONLY")) {
				// Not for this call, but for those to come.
				this.reconnect.run();
			}
			completeExceptionally(new RedisCommandExecutionException(output.getError()));
		}
	}

	private void missed(LettucePipelineHealing healing) {
		healing.missed(this);
		this.event.complete(null);
	}

	/**
	 * Asks the server whether it has the script, if the script could have made the answer
	 * itself.
	 * @param connection the connection that the pipeline is on
	 */
	void askIfUncertain(StatefulConnection<byte[], byte[]> connection) {
		this.question = null;
		// The server that answered a call without keys is not known.
		if (isCertain() || this.cluster && this.slot < 0) {
			return;
		}
		LettuceCommand question = new Question();
		this.question = question;
		try {
			connection.dispatch(question);
		}
		catch (RuntimeException ex) {
			question.completeExceptionally(ex);
		}
	}

	private boolean isCertain() {
		return !this.call.mayMake("NOSCRIPT");
	}

	/**
	 * Whether the server did not know the script, and so did not run it.
	 * @param deadline until when to wait for the server's word
	 * @return {@code false} if it did, or that cannot be told
	 */
	boolean isMissing(long deadline) throws InterruptedException {
		LettuceCommand question = this.question;
		if (question == null) {
			return isCertain();
		}
		try {
			Object answer = question.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
			return answer instanceof List<?> answers && answers.size() == 1 && Long.valueOf(0).equals(answers.get(0));
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
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
		LettucePipelineCommand again = new LettucePipelineCommand(failures(),
				this.call.with(bySource ? command.withSource() : command), this.cluster, this.reconnect);
		again.whenComplete((reply, ex) -> ended(again, reply, ex));
		try {
			connection.dispatch(again);
		}
		catch (RuntimeException ex) {
			again.completeExceptionally(ex);
		}
	}

	private void ended(LettucePipelineCommand again, @Nullable Object reply, @Nullable Throwable ex) {
		LettucePipelineOutput output = again.output();
		LettucePipelineHealing healing = this.healing;
		if (ex != null && healing != null && !again.call.command().bySource() && output.isMissingScript()) {
			missed(healing);
			return;
		}
		output().fail(output);
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
				failWith(ex);
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
			heal(this.healing, System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
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
				heal(this.healing, deadline);
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
			heal(this.healing, deadline);
		}
		try {
			return super.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			finish(deadline);
			throw ex;
		}
	}

	private void heal(LettucePipelineHealing healing, long deadline) throws InterruptedException {
		this.event = new CompletableFuture<>();
		if (!isDone()) {
			healing.heal(deadline);
		}
	}

	// Spring Data Redis reads the reason of a failure from the output. Here it is
	// Lettuce's
	// time limit that counts.
	@Override
	public boolean completeExceptionally(Throwable ex) {
		if (!(ex instanceof RedisCommandExecutionException || ex instanceof RedisCommandTimeoutException)) {
			return super.completeExceptionally(ex);
		}
		output().fail(ex.getMessage());
		return failWith(ex);
	}

	@Override
	boolean fail(CallFailure failure) {
		String outcome = (failure.kind() == CallFailure.Kind.NOT_SENT) ? "nothing was sent, the script did not run"
				: "whether the script ran is unknown";
		String text = "Script '%s' failed in %s: %s; %s".formatted(this.call.target().script().name(),
				this.call.options().method(), failure.getMessage(), outcome);
		output().fail(text);
		return failWith(new RedisConnectionException(text, failure));
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
	 * Asks for the script where the call went.
	 */
	private final class Question extends LettuceCommand {

		private Question() {
			super(LettucePipelineCommand.this.failures(), SCRIPT, EXISTS,
					new byte[][] { LettucePipelineCommand.this.call.target().script().sha1Bytes() }, 0, 0, -1, false);
		}

		@Override
		public CommandArgs<byte[], byte[]> getArgs() {
			return LettucePipelineCommand.this.getArgs();
		}

	}

}
