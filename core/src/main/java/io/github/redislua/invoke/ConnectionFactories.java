package io.github.redislua.invoke;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.execute.HealingListener;
import io.github.redislua.execute.ScriptExecutor;
import io.github.redislua.execute.ScriptExecutors;

/**
 * The servers of an application: one executor for each connection factory that is used.
 */
public final class ConnectionFactories {

	private final Function<String, RedisConnectionFactory> lookup;

	private final HealingListener healings;

	private final Map<RedisConnectionFactory, ScriptExecutor> executors = new ConcurrentHashMap<>();

	private final Map<String, ScriptExecutor> byName = new ConcurrentHashMap<>();

	/**
	 * Create new connection factories.
	 * @param lookup finds a connection factory by the name of its bean, the default one
	 * by the empty string
	 * @param healings hears of scripts that had to be loaded again
	 */
	public ConnectionFactories(Function<String, RedisConnectionFactory> lookup, HealingListener healings) {
		this.lookup = lookup;
		this.healings = healings;
	}

	ScriptExecutor executor(String name) {
		ScriptExecutor known = this.byName.get(name);
		if (known != null) {
			return known;
		}
		// Not while a map computes: looking up a bean may create others that end up here.
		RedisConnectionFactory factory = this.lookup.apply(name);
		ScriptExecutor executor = this.executors.computeIfAbsent(factory,
				(key) -> ScriptExecutors.create(key, this.healings));
		this.byName.put(name, executor);
		return executor;
	}

}
