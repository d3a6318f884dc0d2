package io.github.redislua.tests;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.test.LocalSentinel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A master is killed under load. The service comes back by itself, on a server that never
 * saw the script, and no call runs twice. {@code -Dredislua.raw=true} lets the driver
 * alone do the same, to compare with.
 */
@Tag("long")
class FailoverTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	static Stream<Arguments> clients() {
		List<Client> clients = Boolean.getBoolean("redislua.raw") ? List.of(Client.values())
				: List.of(Client.REPOSITORY);
		return Stream.of(Driver.values())
			.flatMap((driver) -> clients.stream().map((client) -> Arguments.of(driver, client)));
	}

	@ParameterizedTest
	@MethodSource("clients")
	void ofAMasterOfACluster(Driver driver, Client client) throws Exception {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 1)) {
			RedisConnectionFactory connection = driver.connect(Driver.servers(cluster), Duration.ofSeconds(2));
			run(driver + ", cluster, " + client, connection, client, () -> cluster.masterOf(Ledger.key(0)).kill(),
					(key) -> cluster.masterOf(key));
		}
	}

	@ParameterizedTest
	@MethodSource("clients")
	void ofTheMasterBehindSentinel(Driver driver, Client client) throws Exception {
		try (LocalSentinel sentinel = LocalSentinel.start()) {
			RedisConnectionFactory connection = driver.connect(sentinel);
			run(driver + ", Sentinel, " + client, connection, client, () -> sentinel.getMaster().kill(),
					(key) -> sentinel.getMaster());
		}
	}

	private static void run(String what, RedisConnectionFactory connection, Client client, Runnable kill,
			Function<String, LocalRedis> master) throws Exception {
		try {
			Ledger.Call call = client.on(connection);
			call.count("warm", "up");
			Ledger ledger = new Ledger();
			Duration[] away = new Duration[1];
			ledger.run(6, LIMIT, call, (deadline) -> {
				Thread.sleep(500);
				kill.run();
				long killed = System.nanoTime();
				Set<String> silent = new TreeSet<>();
				for (int i = 0; i < Ledger.KEYS; i++) {
					silent.add(Ledger.key(i));
				}
				int probe = 0;
				while (!silent.isEmpty() && (client == Client.REPOSITORY || System.nanoTime() - deadline < 0)) {
					assertThat(System.nanoTime() - deadline).as("the service comes back").isNegative();
					String id = "probe" + probe++;
					silent.removeIf((key) -> answers(call, key, id));
					Thread.sleep(20);
				}
				away[0] = silent.isEmpty() ? Duration.ofNanos(System.nanoTime() - killed) : LIMIT.multipliedBy(100);
				Thread.sleep(500);
			});
			Ledger.Sums sums = ledger.settle((key) -> entries(master.apply(key), key), client == Client.REPOSITORY);
			System.out.println(
					"[failover] " + what + ": every key answers after " + away[0].toMillis() + " ms, failures over "
							+ ledger.failureWindow().toMillis() + " ms " + ledger.failures() + ", " + sums);
		}
		finally {
			Clients.destroy(connection);
		}
	}

	private static boolean answers(Ledger.Call call, String key, String id) {
		try {
			call.count(key, id);
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	private static Map<String, String> entries(LocalRedis server, String key) {
		Map<String, String> entries = new HashMap<>();
		List<?> reply = (List<?>) server.execute("HGETALL", key);
		for (int i = 0; i < reply.size(); i += 2) {
			entries.put(String.valueOf(reply.get(i)), String.valueOf(reply.get(i + 1)));
		}
		return entries;
	}

	private enum Client {

		/** A repository of this library. */
		REPOSITORY {
			@Override
			Ledger.Call on(RedisConnectionFactory connection) {
				Ledger.Counter counter = LuaRepositoryFactory.builder(connection).build().create(Ledger.Counter.class);
				return counter::count;
			}
		},

		/** The driver alone, with the command that the script runs. */
		RAW {
			@Override
			Ledger.Call on(RedisConnectionFactory connection) {
				StringRedisTemplate template = new StringRedisTemplate(connection);
				return (key, id) -> template.opsForHash().increment(key, id, 1);
			}
		};

		abstract Ledger.Call on(RedisConnectionFactory connection);

	}

}
