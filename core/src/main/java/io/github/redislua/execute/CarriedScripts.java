package io.github.redislua.execute;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import org.springframework.data.redis.connection.RedisConnection;

import io.github.redislua.script.Script;

/**
 * Which scripts have been sent with their source in a pipeline or a transaction that is
 * still open, so that the source goes out once only.
 */
final class CarriedScripts {

	/**
	 * Redis 7.4 forgets what came by {@code EVAL} beyond 500 scripts.
	 */
	private static final int LIMIT = 250;

	private final Map<RedisConnection, Carried> carried = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Notes that a script is sent.
	 * @param connection the connection
	 * @param epoch what stands for its pipeline or transaction
	 * @param script the script
	 * @param destination the server it goes to
	 * @return whether it was not sent there yet in this pipeline or transaction
	 */
	boolean add(RedisConnection connection, Object epoch, Script script, ScriptNode destination) {
		Carried current = this.carried.get(connection);
		if (current == null || current.epoch != epoch || current.scripts.size() >= LIMIT) {
			current = new Carried(epoch, new HashSet<>());
			this.carried.put(connection, current);
		}
		return current.scripts.add(new Sent(script.sha1(), destination));
	}

	private record Carried(Object epoch, Set<Sent> scripts) {

	}

	private record Sent(String sha1, ScriptNode destination) {

	}

}
