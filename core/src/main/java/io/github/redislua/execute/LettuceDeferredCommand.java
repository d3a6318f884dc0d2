package io.github.redislua.execute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

import io.github.redislua.codec.MapReply;

/**
 * A call in a pipeline or a transaction of Spring Data Redis, which hands the reply to
 * the application: errors stay errors, and maps become maps. Like any call it is not sent
 * twice, whatever Lettuce does with the rest of the pipeline.
 */
final class LettuceDeferredCommand extends LettuceCommand implements RedisFuture<Object> {

	private final ScriptCall call;

	private final boolean cluster;

	private final int slot;

	private @Nullable StatefulConnection<byte[], byte[]> connection;

	private Runnable healed = () -> {
	};

	/**
	 * Create a new command.
	 * @param call the call
	 * @param cluster whether it goes to a cluster
	 */
	LettuceDeferredCommand(ScriptCall call, boolean cluster) {
		super(typeOf(call.command().name()), call.head(), call.values(), 0, call.keyCount(), false, false);
		this.call = call;
		this.cluster = cluster;
		this.slot = cluster ? Slots.of(call) : -1;
	}

	/**
	 * Has the call sent again, with the source, if the server does not know the script. A
	 * call in a transaction must not be.
	 * @param connection the connection that the pipeline is on
	 * @param healed to be run when that was done
	 */
	void healOn(StatefulConnection<byte[], byte[]> connection, Runnable healed) {
		this.connection = connection;
		this.healed = healed;
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
	LettuceReplyOutput newOutput() {
		return new Deferred();
	}

	private Deferred output() {
		return (Deferred) getOutput();
	}

	@Override
	boolean isRedirected() {
		return output().redirected;
	}

	@Override
	public void complete() {
		Deferred output = output();
		if (!output.hasError()) {
			complete(output.get());
			return;
		}
		StatefulConnection<byte[], byte[]> connection = this.connection;
		if (connection != null && output.error().isMissingScript()) {
			this.connection = null;
			heal(connection);
		}
		else {
			completeExceptionally(new RedisCommandExecutionException(output.getError()));
		}
	}

	private void heal(StatefulConnection<byte[], byte[]> connection) {
		LettuceDeferredCommand again = new LettuceDeferredCommand(this.call.with(this.call.command().withSource()),
				this.cluster);
		again.whenComplete((reply, ex) -> {
			Deferred output = output();
			output.text = null;
			try {
				if (ex == null || again.output().error().raisedInScript()) {
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
		});
		try {
			connection.dispatch(again);
			// The pipeline has been flushed already, or is about to be.
			connection.flushCommands();
		}
		catch (RuntimeException ex) {
			again.completeExceptionally(ex);
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

		private boolean redirected;

		@Override
		void reset() {
			super.reset();
			this.text = null;
			this.redirected = false;
		}

		ErrorReply error() {
			return new ErrorReply(String.valueOf(this.text), false, null);
		}

		@Override
		public void setError(@Nullable String error) {
			if (error == null) {
				// Lettuce is about to follow a redirection.
				this.text = null;
				return;
			}
			ErrorReply reply = new ErrorReply(error, false, null);
			this.redirected = Redirection.of(reply, LettuceDeferredCommand.this.slot) != null;
			boolean followed = this.redirected || !LettuceDeferredCommand.this.cluster
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
