package io.github.redislua.tests;

import java.time.Duration;

import io.lettuce.core.ReadFrom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalSentinel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A master with replicas that the application reads from.
 */
class ReplicaTests {

	private static LocalSentinel sentinel;

	@BeforeAll
	static void start() {
		sentinel = LocalSentinel.start();
	}

	@AfterAll
	static void stop() {
		sentinel.close();
	}

	@Test
	void readOnlyScriptsGoToReplicasAndHealThere() {
		RedisStaticMasterReplicaConfiguration servers = new RedisStaticMasterReplicaConfiguration(
				sentinel.getMaster().getHost(), sentinel.getMaster().getPort());
		sentinel.getServers().forEach((server) -> {
			if (server != sentinel.getMaster()) {
				servers.addNode(server.getHost(), server.getPort());
			}
		});
		readFromReplicas(servers);
	}

	@Test
	void theSameBehindSentinel() {
		RedisSentinelConfiguration servers = new RedisSentinelConfiguration().master(sentinel.getMasterName());
		sentinel.getSentinels().forEach((server) -> servers.sentinel(server.getHost(), server.getPort()));
		readFromReplicas(servers);
	}

	private static void readFromReplicas(RedisConfiguration servers) {
		clean();
		RedisConnectionFactory connection = Driver.lettuce(servers, Duration.ofSeconds(5),
				(client) -> client.readFrom(ReadFrom.REPLICA));
		try {
			LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).locations().build();
			Calls calls = factory.create(Calls.class);
			factory.scripts().preload();
			assertThat(Statistics.calls(sentinel.getMaster(), "script|load")).as("preloaded on the master")
				.isEqualTo(3);
			assertThat(calls.add("n", 5)).isEqualTo(5);
			Awaitility.await().untilAsserted(() -> assertThat(calls.read("n")).isEqualTo(5));
			for (int i = 0; i < 10; i++) {
				onReplicas("SCRIPT", "FLUSH");
				assertThat(calls.read("n")).isEqualTo(5);
				assertThat(calls.read("n")).isEqualTo(5);
				assertThat(calls.readWithWord("n")).isEqualTo(5);
			}
			assertThat(Statistics.calls(sentinel.getMaster(), "evalsha_ro")).isZero();
			assertThat(Statistics.calls(sentinel.getMaster(), "eval_ro")).isZero();
		}
		finally {
			Clients.destroy(connection);
		}
	}

	@ParameterizedTest
	@EnumSource
	void allScriptsGoToTheMasterOtherwise(Driver driver) {
		clean();
		RedisConnectionFactory connection = driver.connect(sentinel);
		try {
			Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
			assertThat(calls.add("n", 5)).isEqualTo(5);
			assertThat(calls.read("n")).isEqualTo(5);
			assertThat(Statistics.calls(sentinel.getMaster(), "evalsha_ro")).isEqualTo(2);
		}
		finally {
			Clients.destroy(connection);
		}
	}

	private static void clean() {
		sentinel.getMaster().execute("FLUSHALL");
		for (LocalRedis server : sentinel.getServers()) {
			server.execute("SCRIPT", "FLUSH");
			server.execute("CONFIG", "RESETSTAT");
		}
	}

	private static void onReplicas(String... command) {
		LocalRedis master = sentinel.getMaster();
		sentinel.getServers()
			.stream()
			.filter((server) -> server != master)
			.forEach((server) -> server.execute(command));
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

		@LuaScript(source = "return redis.call('GET', KEYS[1])", readOnly = true)
		Integer read(@Key String key);

		@LuaScript(source = "-- never NOSCRIPT\nreturn redis.call('GET', KEYS[1])", readOnly = true)
		Integer readWithWord(@Key String key);

	}

}
