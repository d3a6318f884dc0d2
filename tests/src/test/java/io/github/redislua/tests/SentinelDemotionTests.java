package io.github.redislua.tests;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalSentinel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers behind Sentinel swap their roles while the connections to them stay open.
 */
class SentinelDemotionTests {

	// Jedis hears of a new master from the sentinels only, and they only tell of one that
	// they have chosen.
	@Test
	void theSentinelsAreAskedForTheNewMaster() {
		try (LocalSentinel sentinel = LocalSentinel.start()) {
			RedisConnectionFactory connection = Driver.LETTUCE.connect(sentinel);
			try {
				DemotionTests.Calls calls = LuaRepositoryFactory.builder(connection)
					.build()
					.create(DemotionTests.Calls.class);
				assertThat(calls.add("n", 1)).isEqualTo(1);
				LocalRedis old = sentinel.getMaster();
				LocalRedis next = sentinel.getServers()
					.stream()
					.filter((server) -> server.getPort() != old.getPort())
					.findFirst()
					.orElseThrow();
				String port = String.valueOf(next.getPort());
				String name = sentinel.getMasterName();
				sentinel.getSentinels().forEach((process) -> process.execute("SENTINEL", "REMOVE", name));
				old.execute("FAILOVER", "TO", next.getHost(), port);
				Awaitility.await()
					.pollInterval(Duration.ofMillis(10))
					.until(() -> String.valueOf(old.execute("INFO", "replication")).contains("role:slave"));
				sentinel.getSentinels()
					.forEach((process) -> process.execute("SENTINEL", "MONITOR", name, next.getHost(), port, "2"));
				assertThat(calls.add("n", 1)).isEqualTo(2);
				assertThat(next.execute("GET", "n")).isEqualTo("2");
			}
			finally {
				Clients.destroy(connection);
			}
		}
	}

}
