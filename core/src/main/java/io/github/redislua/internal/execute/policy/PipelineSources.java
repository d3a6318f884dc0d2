package io.github.redislua.internal.execute.policy;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import org.springframework.data.redis.connection.RedisConnection;

import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.script.Script;

/**
 * Which scripts have been sent with their source in a pipeline or a transaction that is
 * still open, so that the source goes out once only.
 */
final class PipelineSources {

	/**
	 * Redis 7.4 forgets what came by {@code EVAL} beyond 500 scripts.
	 */
	private static final int LIMIT = 250;

	private final Map<RedisConnection, Carried> carried = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Notes that a script is about to be sent.
	 * @param connection the connection
	 * @param batch what stands for its pipeline or transaction
	 * @param script the script
	 * @param destination the server it goes to
	 * @return whether it was not sent there yet in this pipeline or transaction
	 */
	@SuppressWarnings("ReferenceEquality") // an equal pipeline is another one
	boolean add(RedisConnection connection, Object batch, Script script, ScriptNode destination) {
		Carried current = this.carried.get(connection);
		if (current == null || current.batch.get() != batch) {
			current = new Carried(new WeakReference<>(batch), new HashMap<>());
			this.carried.put(connection, current);
		}
		Set<String> scripts = current.scripts.computeIfAbsent(destination, (server) -> new HashSet<>());
		if (scripts.size() >= LIMIT) {
			scripts.clear();
		}
		return scripts.add(script.sha1());
	}

	/**
	 * What was sent.
	 *
	 * @param batch the pipeline or transaction, weak because its results may lead back to
	 * the connection
	 * @param scripts the digests by server
	 */
	private record Carried(WeakReference<Object> batch, Map<ScriptNode, Set<String>> scripts) {

	}

}
