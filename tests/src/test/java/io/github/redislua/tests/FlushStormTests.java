package io.github.redislua.tests;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code SCRIPT FLUSH} every 50 ms under 8 threads: no call fails, none runs twice.
 * {@code -Dredislua.storm=30} makes it last 30 seconds.
 */
@Tag("long")
class FlushStormTests {

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("redislua.storm", 3));

	@ParameterizedTest
	@EnumSource
	void onOneServer(Driver driver) throws Exception {
		try (LocalRedis redis = LocalRedis.start()) {
			storm(driver.connect(redis), () -> redis.execute("SCRIPT", "FLUSH"), driver + ", one server");
		}
	}

	@ParameterizedTest
	@EnumSource
	void onACluster(Driver driver) throws Exception {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 1)) {
			storm(driver.connect(cluster), () -> cluster.getNodes().forEach((node) -> node.execute("SCRIPT", "FLUSH")),
					driver + ", cluster");
		}
	}

	private static void storm(RedisConnectionFactory connection, Runnable flush, String what) throws Exception {
		try {
			Ledger.Counter counter = LuaRepositoryFactory.builder(connection).build().create(Ledger.Counter.class);
			counter.count("warm", "up");
			Ledger ledger = new Ledger();
			ledger.run(8, TIME, counter::count, (deadline) -> {
				while (System.nanoTime() < deadline) {
					flush.run();
					Thread.sleep(50);
				}
			});
			Ledger.Sums sums = ledger.settle(new StringRedisTemplate(connection));
			System.out.println("[flush storm] " + what + ": " + sums);
			ledger.assertNoFailures();
			assertThat(sums.missing()).isZero();
			assertThat(sums.calls()).isGreaterThan(1000);
		}
		finally {
			Clients.destroy(connection);
		}
	}

}
