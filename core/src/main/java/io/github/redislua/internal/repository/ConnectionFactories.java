package io.github.redislua.internal.repository;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.execute.driver.ScriptExecutors;
import io.github.redislua.internal.script.HealingListener;

/**
 * The servers of an application: one executor for each connection factory that is used.
 */
public final class ConnectionFactories {

	private final Function<String, ScriptExecutor> executors;

	private final Map<String, ScriptExecutor> byName = new ConcurrentHashMap<>();

	/**
	 * Create new connection factories.
	 * @param lookup finds a connection factory by the name of its bean, the default one
	 * by the empty string
	 * @param healings hears of scripts that had to be loaded again
	 * @param transactional whether calls through a connection factory take part in
	 * Spring's transactions
	 */
	public ConnectionFactories(Function<String, RedisConnectionFactory> lookup, HealingListener healings,
			Predicate<RedisConnectionFactory> transactional) {
		Map<RedisConnectionFactory, ScriptExecutor> executors = new ConcurrentHashMap<>();
		this.executors = (name) -> executors.computeIfAbsent(lookup.apply(name),
				(factory) -> ScriptExecutors.create(factory, healings, () -> transactional.test(factory)));
	}

	private ConnectionFactories(ScriptExecutor executor) {
		this.executors = (name) -> executor;
	}

	/**
	 * No servers, for who only wants to look at interfaces.
	 * @return connection factories of any name, with which nothing can be called
	 */
	public static ConnectionFactories none() {
		return new ConnectionFactories(ScriptExecutors.none());
	}

	/**
	 * The executor for a connection factory that is in use already.
	 * @param name the name of its bean
	 * @return the executor, {@code null} if nobody has asked for it yet
	 */
	public @Nullable ScriptExecutor known(String name) {
		return this.byName.get(name);
	}

	public ScriptExecutor executor(String name) {
		ScriptExecutor known = this.byName.get(name);
		if (known != null) {
			return known;
		}
		// Not while a map computes: looking up a bean may create others that end up here.
		ScriptExecutor executor = this.executors.apply(name);
		this.byName.put(name, executor);
		return executor;
	}

}
