package io.github.redislua.tests;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
 * Slots that move back and forth while calls use them, to nodes that do not know the
 * script.
 */
@Tag("long")
class SlotMigrationTests {

	private static LocalRedisCluster cluster;

	@BeforeAll
	static void start() {
		cluster = LocalRedisCluster.start(3, 0);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@ParameterizedTest
	@EnumSource
	void noCallFailsAndNoneRunsTwice(Driver driver) throws Exception {
		cluster.getMasters().forEach((master) -> master.execute("FLUSHALL"));
		RedisConnectionFactory connection = driver.connect(cluster);
		try {
			Ledger.Counter counter = LuaRepositoryFactory.builder(connection).build().create(Ledger.Counter.class);
			counter.count("warm", "up");
			Ledger ledger = new Ledger();
			int[] moves = new int[1];
			ledger.run(6, Duration.ofSeconds(Integer.getInteger("redislua.storm", 3)), counter::count, (deadline) -> {
				for (int i = 0; System.nanoTime() < deadline; i++) {
					move(Ledger.key(i));
					moves[0]++;
				}
			});
			Ledger.Sums sums = ledger.settle(new StringRedisTemplate(connection));
			System.out.println("[slot migration] " + driver + ": " + moves[0] + " moves, " + sums);
			ledger.assertNoFailures();
			assertThat(sums.missing()).isZero();
			assertThat(moves[0]).isGreaterThan(20);
		}
		finally {
			Clients.destroy(connection);
		}
	}

	private static void move(String key) {
		LocalRedis from = cluster.masterOf(key);
		List<LocalRedis> masters = cluster.getMasters();
		LocalRedis to = masters.get((masters.indexOf(from) + 1) % masters.size());
		to.execute("SCRIPT", "FLUSH");
		cluster.moveSlot(cluster.slotOf(key), from, to);
	}

}
