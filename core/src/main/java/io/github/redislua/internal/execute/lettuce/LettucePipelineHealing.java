package io.github.redislua.internal.execute.lettuce;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;

/**
 * Sends those calls of a pipeline of Spring Data Redis again that met a server which did
 * not know their script: on the thread that waits for the results, and in their order.
 */
final class LettucePipelineHealing {

	private final LettuceAccess access;

	private final StatefulConnection<byte[], byte[]> connection;

	private final @Nullable Object pipeline;

	// Nothing else is known to be alive when somebody waits for the results.
	private final WeakReference<LettuceConnection> owner;

	private final Queue<LettucePipelineCommand> all = new ConcurrentLinkedQueue<>();

	private final Queue<LettucePipelineCommand> missed = new ConcurrentLinkedQueue<>();

	// Only used by the thread that waits.
	private final Set<String> brought = new HashSet<>();

	/**
	 * Create a new healing.
	 * @param access the way to what Spring Data Redis keeps to itself
	 * @param owner the connection of Spring Data Redis
	 * @param connection the connection that the pipeline is on
	 * @param pipeline what stands for it
	 */
	LettucePipelineHealing(LettuceAccess access, LettuceConnection owner, StatefulConnection<byte[], byte[]> connection,
			@Nullable Object pipeline) {
		this.access = access;
		this.owner = new WeakReference<>(owner);
		this.connection = connection;
		this.pipeline = pipeline;
	}

	@SuppressWarnings("ReferenceEquality") // an equal pipeline is another one
	boolean isOf(@Nullable Object pipeline) {
		return this.pipeline == pipeline;
	}

	/**
	 * Adds a call.
	 * @param call a call of the pipeline
	 */
	void add(LettucePipelineCommand call) {
		this.all.add(call);
	}

	/**
	 * Waits for all calls, and sends those again that have to be: who waits for the
	 * results stops at the first error.
	 * @param deadline until when
	 */
	void finish(long deadline) throws InterruptedException {
		for (LettucePipelineCommand call : this.all) {
			if (!call.awaitHealed(deadline)) {
				return;
			}
		}
	}

	/**
	 * Notes a call.
	 * @param call a call that did not run
	 */
	void missed(LettucePipelineCommand call) {
		this.missed.add(call);
	}

	/**
	 * Sends what was noted. The source goes out once; on a cluster a node that does not
	 * get it says so.
	 * @param deadline until when to wait for the servers' word on which scripts they have
	 */
	void heal(long deadline) throws InterruptedException {
		// A transaction that is still open would take the calls in.
		boolean refused = this.connection instanceof StatefulRedisConnection<byte[], byte[]> single && single.isMulti();
		LettuceConnection owner = this.owner.get();
		Integer database = (owner != null) ? this.access.database(owner) : null;
		List<LettucePipelineCommand> calls = new ArrayList<>();
		for (LettucePipelineCommand call = this.missed.poll(); call != null; call = this.missed.poll()) {
			// It would be run in the database that was chosen since.
			if (refused || database == null || !database.equals(call.database())) {
				call.giveUpHealing();
			}
			else {
				call.askIfUncertain(this.connection);
				calls.add(call);
			}
		}
		for (LettucePipelineCommand call : calls) {
			if (call.isMissing(deadline)) {
				call.sendAgain(this.connection, this.brought.add(call.sha1()));
			}
			else {
				call.giveUpHealing();
			}
		}
	}

}
