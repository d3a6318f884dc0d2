package io.github.redislua.execute;

import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * Sends those calls of a pipeline of Spring Data Redis again that met a server which did
 * not know their script: on the thread that waits for the results, and in their order.
 */
final class LettucePipelineHealing {

	private final StatefulConnection<byte[], byte[]> connection;

	private final @Nullable Object pipeline;

	private final Queue<LettuceDeferredCommand> missed = new ConcurrentLinkedQueue<>();

	// Only used by the thread that waits.
	private final Set<String> brought = new HashSet<>();

	/**
	 * Create a new healing.
	 * @param connection the connection that the pipeline is on
	 * @param pipeline what stands for it
	 */
	LettucePipelineHealing(StatefulConnection<byte[], byte[]> connection, @Nullable Object pipeline) {
		this.connection = connection;
		this.pipeline = pipeline;
	}

	@SuppressWarnings("ReferenceEquality") // an equal pipeline is another one
	boolean isOf(@Nullable Object pipeline) {
		return this.pipeline == pipeline;
	}

	/**
	 * Notes a call.
	 * @param call a call that did not run
	 */
	void missed(LettuceDeferredCommand call) {
		this.missed.add(call);
	}

	/**
	 * Sends what was noted. The source goes out once; on a cluster a node that does not
	 * get it says so.
	 */
	void heal() {
		// A transaction that is still open would take the calls in.
		boolean refused = this.connection instanceof StatefulRedisConnection<byte[], byte[]> single && single.isMulti();
		for (LettuceDeferredCommand call = this.missed.poll(); call != null; call = this.missed.poll()) {
			if (refused) {
				call.giveUpHealing();
			}
			else {
				call.sendAgain(this.connection, this.brought.add(call.sha1()));
			}
		}
	}

}
