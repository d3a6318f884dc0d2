package io.github.redislua.internal.execute.driver;

import java.util.List;
import java.util.function.BooleanSupplier;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.execute.call.BoundConnections;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.jedis.JedisAccess;
import io.github.redislua.internal.execute.jedis.JedisClusterTransport;
import io.github.redislua.internal.execute.jedis.JedisTransport;
import io.github.redislua.internal.execute.lettuce.LettuceClusterTransport;
import io.github.redislua.internal.execute.lettuce.LettuceTransport;
import io.github.redislua.internal.execute.policy.RedisScriptExecutor;
import io.github.redislua.internal.script.HealingListener;

/**
 * Chooses the executor that goes with a connection factory.
 */
public final class ScriptExecutors {

	private static final boolean lettucePresent = ClassUtils.isPresent("io.lettuce.core.RedisClient",
			ScriptExecutors.class.getClassLoader());

	private static final boolean jedisPresent = ClassUtils.isPresent("redis.clients.jedis.Jedis",
			ScriptExecutors.class.getClassLoader());

	private ScriptExecutors() {
	}

	/**
	 * The executor for a connection factory.
	 * @param factory a factory of Lettuce or of Jedis connections
	 * @param healings hears of scripts that had to be loaded again
	 * @param transactionSupport whether calls take part in Spring's transactions
	 * @return the executor
	 * @throws LuaScriptDefinitionException if the factory is of another kind
	 */
	public static ScriptExecutor create(RedisConnectionFactory factory, HealingListener healings,
			BooleanSupplier transactionSupport) {
		return new RedisScriptExecutor(new BoundConnections(factory, transactionSupport), transport(factory), healings);
	}

	/**
	 * An executor without servers: scripts can be made ready, but not run.
	 * @return the executor
	 */
	public static ScriptExecutor none() {
		return new NoServersExecutor();
	}

	private static ScriptTransport transport(RedisConnectionFactory factory) {
		if (lettucePresent && factory instanceof LettuceConnectionFactory lettuce) {
			return lettuce.isClusterAware() ? new LettuceClusterTransport(lettuce) : new LettuceTransport(lettuce);
		}
		if (jedisPresent && factory instanceof JedisConnectionFactory jedis) {
			if (!jedis.isRedisClusterAware()) {
				return new JedisTransport(jedis);
			}
			if (JedisAccess.hasProvider()) {
				return new JedisClusterTransport(jedis);
			}
			throw problem("this version of Jedis does not give access to the nodes of a cluster",
					"Use the version that Spring Boot brings, or Lettuce");
		}
		throw problem(
				factory.getClass().getName() + " is neither a LettuceConnectionFactory nor a JedisConnectionFactory",
				"Use one of these two");
	}

	private static LuaScriptDefinitionException problem(String problem, String action) {
		return new LuaScriptDefinitionException(
				List.of(new Finding("The RedisConnectionFactory", null, problem, action)));
	}

}
