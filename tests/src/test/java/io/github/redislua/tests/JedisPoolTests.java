package io.github.redislua.tests;

import java.time.Duration;
import java.util.Arrays;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A pool that has no connection left is no connection.
 */
class JedisPoolTests {

	@Test
	void aPoolThatIsExhaustedIsAConnectionFailure() {
		try (LocalRedis redis = LocalRedis.start()) {
			assertFails(new JedisConnectionFactory(Driver.server(redis), oneConnection()), redis);
		}
	}

	@Test
	void aPoolThatIsExhaustedIsAConnectionFailureOnAClusterToo() {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			assertFails(new JedisConnectionFactory(Driver.servers(cluster), oneConnection()), cluster.masterOf("n"));
		}
	}

	private static JedisClientConfiguration oneConnection() {
		redis.clients.jedis.JedisPoolConfig pool = new redis.clients.jedis.JedisPoolConfig();
		pool.setMaxTotal(1);
		pool.setMaxWait(Duration.ZERO);
		return JedisClientConfiguration.builder()
			.readTimeout(Duration.ofSeconds(10))
			.usePooling()
			.poolConfig(pool)
			.build();
	}

	private static void assertFails(JedisConnectionFactory connection, LocalRedis server) {
		connection.afterPropertiesSet();
		connection.start();
		try {
			Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
			assertThat(calls.add("n", 1)).isEqualTo(1);
			server.pause();
			Thread holder = new Thread(() -> calls.add("n", 1));
			try {
				holder.start();
				Awaitility.await("until it has the connection")
					.until(() -> Arrays.stream(holder.getStackTrace())
						.anyMatch((frame) -> frame.getMethodName().equals("exchange")));
				assertThatExceptionOfType(RedisConnectionFailureException.class).isThrownBy(() -> calls.add("n", 100))
					.withMessageContaining("JedisPoolTests.Calls.add(String, int): ");
			}
			finally {
				server.resume();
			}
			holder.join(10_000);
			assertThat(calls.add("n", 0)).as("nothing was sent").isEqualTo(2);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			Clients.destroy(connection);
		}
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

	}

}
