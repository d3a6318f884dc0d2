package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.lettuce.core.ReadFrom;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Scripts on a Redis Cluster of three masters and three replicas.
 */
class ClusterTests {

	private static LocalRedisCluster cluster;

	private static final Map<Driver, RedisConnectionFactory> connections = new EnumMap<>(Driver.class);

	private final List<RedisConnectionFactory> others = new ArrayList<>();

	@BeforeAll
	static void start() {
		cluster = LocalRedisCluster.start(3, 1);
		for (Driver driver : Driver.values()) {
			connections.put(driver, driver.connect(cluster));
		}
	}

	@AfterAll
	static void stop() {
		connections.values().forEach(Clients::destroy);
		cluster.close();
	}

	@BeforeEach
	void clean() {
		for (LocalRedis node : cluster.getNodes()) {
			node.execute("SCRIPT", "FLUSH");
			node.execute("CONFIG", "RESETSTAT");
		}
		cluster.getMasters().forEach((master) -> master.execute("FLUSHALL"));
	}

	@AfterEach
	void disconnect() {
		this.others.forEach(Clients::destroy);
	}

	private static LuaRepositoryFactory factory(Driver driver) {
		return LuaRepositoryFactory.builder(connections.get(driver)).build();
	}

	private static Calls calls(Driver driver) {
		return factory(driver).create(Calls.class);
	}

	@ParameterizedTest
	@EnumSource
	void aCallGoesToTheMasterOfItsKeysAndHealsThere(Driver driver) {
		Calls calls = calls(driver);
		for (String key : keysOnAllMasters()) {
			assertThat(calls.add(key, 3)).isEqualTo(3);
			assertThat(calls.add(key, 4)).isEqualTo(7);
			assertThat(cluster.masterOf(key).execute("GET", key)).isEqualTo("7");
		}
		for (LocalRedis master : cluster.getMasters()) {
			assertThat(Statistics.calls(master, "evalsha")).as("NOSCRIPT, healed, again").isEqualTo(3);
			assertThat(Statistics.calls(master, "script|load")).isEqualTo(1);
			assertThat(Statistics.calls(master, "eval")).isZero();
		}
		assertThat(onReplicas("evalsha")).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void preloadingLoadsEveryMaster(Driver driver) {
		LuaRepositoryFactory factory = factory(driver);
		Calls calls = factory.create(Calls.class);
		Map<String, Integer> loaded = factory.scripts().preload();
		int scripts = factory.scripts().definitions().size();
		Map<String, Integer> expected = new HashMap<>();
		cluster.getMasters().forEach((master) -> expected.put("127.0.0.1:" + master.getPort(), scripts));
		assertThat(loaded).isEqualTo(expected);
		assertThat(factory.scripts().preload().values()).containsOnly(0);
		for (String key : keysOnAllMasters()) {
			calls.add(key, 1);
		}
		for (LocalRedis master : cluster.getMasters()) {
			assertThat(Statistics.calls(master, "evalsha")).as("no NOSCRIPT").isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void keysInDifferentSlotsAreOnOneLineOfALogAndInNoSpan(Driver driver) {
		List<Throwable> spans = new ArrayList<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onError(Observation.Context context) {
				spans.add(context.getError());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		Calls calls = LuaRepositoryFactory.builder(connections.get(driver))
			.observations(registry)
			.build()
			.create(Calls.class);
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> calls.move("sesame:1\n2026-01-01 INFO forged", "\u001b[2J\u2028b"))
			.withMessageContaining("the keys 'sesame:1\\n2026-01-01 INFO forged' (slot ")
			.withMessageContaining("and '\\x1B[2J\\u2028b' (slot ")
			.satisfies((ex) -> assertThat(ex.getMessage()).matches("\\P{Cntrl}+"));
		assertThat(spans).singleElement()
			.isInstanceOf(InvalidDataAccessApiUsageException.class)
			.satisfies((ex) -> assertThat(ex).hasNoCause()
				.hasMessage("Script 'Calls.move' failed: " + InvalidDataAccessApiUsageException.class.getName()));
	}

	@ParameterizedTest
	@EnumSource
	void keysInDifferentSlotsAreRefusedBeforeAnythingIsSent(Driver driver) {
		Calls calls = calls(driver);
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> calls.move("cart:1:items", "cart:1:total"))
			.withMessage("io.github.redislua.tests.ClusterTests.Calls.move(String, String) cannot call script "
					+ "'Calls.move' on a Redis Cluster: the keys 'cart:1:items' (slot " + cluster.slotOf("cart:1:items")
					+ ") and 'cart:1:total' (slot " + cluster.slotOf("cart:1:total")
					+ ") are in different slots. Nothing was sent. Give them a common hash tag, the part in braces that "
					+ "alone decides the slot: '{cart:1}:items' and '{cart:1}:total'");
		for (LocalRedis node : cluster.getNodes()) {
			assertThat(Statistics.calls(node, "evalsha")).isZero();
		}
		assertThat(calls.move("{cart:1}:items", "{cart:1}:total")).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aScriptWithoutKeysRunsOnMastersOnlyAndWithoutAnExtraPing(Driver driver) {
		Calls calls = calls(driver);
		calls.answer();
		cluster.getNodes().forEach((node) -> node.execute("CONFIG", "RESETSTAT"));
		for (int i = 0; i < 60; i++) {
			assertThat(calls.answer()).isEqualTo(42);
		}
		assertThat(onReplicas("evalsha")).isZero();
		for (LocalRedis master : cluster.getMasters()) {
			assertThat(Statistics.calls(master, "evalsha")).as("every master has its share").isPositive();
			assertThat(Statistics.calls(master, "ping")).as("pings of the cluster's own are not counted").isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSlotThatHasMovedIsFollowedAndTheScriptHealedThere(Driver driver) {
		Calls calls = calls(driver);
		String key = "moving";
		assertThat(calls.add(key, 1)).isEqualTo(1);
		LocalRedis from = cluster.masterOf(key);
		LocalRedis to = cluster.getMasters().stream().filter((master) -> master != from).findFirst().orElseThrow();
		try {
			cluster.moveSlot(cluster.slotOf(key), from, to);
			assertThat(calls.add(key, 1)).isEqualTo(2);
			assertThat(Statistics.calls(to, "script|load")).isEqualTo(1);
			assertThat(calls.add(key, 1)).isEqualTo(3);
		}
		finally {
			cluster.moveSlot(cluster.slotOf(key), to, from);
		}
		assertThat(calls.add(key, 1)).isEqualTo(4);
	}

	@ParameterizedTest
	@EnumSource
	void aKeyThatIsOnItsWayIsAskedForWhereItGoes(Driver driver) {
		Calls calls = calls(driver);
		String key = "asking";
		LocalRedis from = cluster.masterOf(key);
		LocalRedis to = cluster.getMasters().stream().filter((master) -> master != from).findFirst().orElseThrow();
		String slot = String.valueOf(cluster.slotOf(key));
		to.execute("CLUSTER", "SETSLOT", slot, "IMPORTING", String.valueOf(from.execute("CLUSTER", "MYID")));
		from.execute("CLUSTER", "SETSLOT", slot, "MIGRATING", String.valueOf(to.execute("CLUSTER", "MYID")));
		try {
			// Not there yet, so it is made at the other end.
			assertThat(calls.add(key, 1)).isEqualTo(1);
			assertThat(calls.add(key, 1)).isEqualTo(2);
			assertThat(Statistics.calls(to, "asking")).isGreaterThanOrEqualTo(3);
			assertThat(Statistics.calls(to, "script|load")).isEqualTo(1);
		}
		finally {
			cluster.getMasters()
				.forEach((master) -> master.execute("CLUSTER", "SETSLOT", slot, "NODE",
						String.valueOf(to.execute("CLUSTER", "MYID"))));
			cluster.moveSlot(Integer.parseInt(slot), to, from);
		}
		assertThat(calls.add(key, 1)).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aScriptsOwnErrorThatLooksLikeARedirectionRunsOnce(Driver driver) {
		Calls calls = calls(driver);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.ownMoved("n"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("MOVED"));
		assertThat(cluster.masterOf("n").execute("GET", "n")).isEqualTo("1");
		assertThat(calls.add("n", 1)).as("the connection is in step").isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void pipelinedCallsGoToAllNodesAndComeBackInOrder(Driver driver) {
		LuaRepositoryFactory factory = factory(driver);
		Calls calls = factory.create(Calls.class);
		List<Object> results = factory.scripts().pipelined(() -> {
			for (int i = 0; i < 30; i++) {
				calls.add("n" + i, i);
			}
			calls.fail("n");
			calls.answer();
		});
		assertThat(results).hasSize(32);
		for (int i = 0; i < 30; i++) {
			assertThat(results.get(i)).isEqualTo((long) i);
		}
		assertThat(results.get(30)).isInstanceOf(LuaScriptExecutionException.class);
		assertThat(results.get(31)).isEqualTo(42);
		for (LocalRedis master : cluster.getMasters()) {
			assertThat(Statistics.calls(master, "script|load")).as("each text at most once").isLessThanOrEqualTo(3);
			assertThat(Statistics.calls(master, "eval")).isZero();
		}
	}

	@Test
	void aPipelineOfSpringDataRedisRightAfterAFlushIsWhole() {
		Calls calls = calls(Driver.LETTUCE);
		List<Object> results = new StringRedisTemplate(connections.get(Driver.LETTUCE))
			.executePipelined(new Session<Void>((operations) -> {
				for (int i = 0; i < 30; i++) {
					calls.addLater("n" + i, i);
				}
				return null;
			}));
		assertThat(results).hasSize(30);
		for (int i = 0; i < 30; i++) {
			assertThat(results.get(i)).isEqualTo((long) i);
		}
		for (LocalRedis master : cluster.getMasters()) {
			assertThat(String.valueOf(master.execute("INFO", "errorstats"))).doesNotContain("MOVED")
				.doesNotContain("NOSCRIPT");
		}
	}

	@Test
	void inSuchAPipelineTheTextGoesOutOnceToEachNodeAndAFlushIsHealed() {
		Calls calls = calls(Driver.LETTUCE);
		cluster.getMasters().forEach((master) -> master.execute("SCRIPT", "FLUSH"));
		cluster.getMasters().forEach((master) -> master.execute("CONFIG", "RESETSTAT"));
		List<Object> results = new StringRedisTemplate(connections.get(Driver.LETTUCE))
			.executePipelined(new Session<Void>((operations) -> {
				for (int i = 0; i < 60; i++) {
					if (i == 30) {
						Awaitility.await().until(() -> allExist("n", 30));
						cluster.getMasters()
							.forEach((master) -> assertThat(Statistics.calls(master, "eval")).isEqualTo(1));
						cluster.getMasters().forEach((master) -> master.execute("SCRIPT", "FLUSH"));
					}
					calls.addLater("n" + i % 30, 1);
				}
				return null;
			}));
		assertThat(results.subList(0, 30)).containsOnly(1L);
		assertThat(results.subList(30, 60)).containsOnly(2L);
	}

	private static boolean allExist(String prefix, int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> prefix + i)
			.allMatch((key) -> cluster.masterOf(key).execute("EXISTS", key).equals(1L));
	}

	@Test
	void inSuchAPipelineScriptsWithoutKeysRunOnMastersAndNoneRunsTwice() {
		Calls calls = calls(Driver.LETTUCE);
		StringRedisTemplate template = new StringRedisTemplate(connections.get(Driver.LETTUCE));
		assertThat(template.executePipelined(new Session<Void>((operations) -> {
			for (int i = 0; i < 20; i++) {
				calls.answerLater();
			}
			return null;
		}))).hasSize(20).containsOnly(42L);
		assertThat(onReplicas("eval")).isZero();
		assertThatExceptionOfType(RedisPipelineException.class)
			.isThrownBy(() -> template.executePipelined(new Session<Void>((operations) -> {
				calls.ownMoved("n");
				return null;
			})))
			.withStackTraceContaining("MOVED 1 127.0.0.1:1");
		assertThat(cluster.masterOf("n").execute("GET", "n")).isEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource
	void oneDeadNodeFailsItsOwnCallsInAPipelineOnly(Driver driver) {
		try (LocalRedisCluster other = LocalRedisCluster.start(3, 0)) {
			RedisConnectionFactory connection = driver.connect(Driver.servers(other), Duration.ofSeconds(1));
			this.others.add(connection);
			other.getMasters()
				.forEach((master) -> master.execute("CONFIG", "SET", "cluster-require-full-coverage", "no"));
			LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).build();
			Calls calls = factory.create(Calls.class);
			factory.scripts().pipelined(() -> {
				for (int i = 0; i < 30; i++) {
					calls.add("n" + i, 1);
				}
			});
			LocalRedis dead = other.masterOf("n0");
			Set<Integer> lost = new HashSet<>();
			for (int i = 0; i < 30; i++) {
				if (other.masterOf("n" + i) == dead) {
					lost.add(i);
				}
			}
			dead.kill();
			List<Object> results = factory.scripts().pipelined(() -> {
				for (int i = 0; i < 30; i++) {
					calls.add("n" + i, 1);
				}
			});
			for (int i = 0; i < 30; i++) {
				assertThat(results.get(i)).isInstanceOf(lost.contains(i) ? DataAccessException.class : Long.class);
			}
		}
	}

	@Test
	void readOnlyScriptsGoToReplicasWhereTheApplicationReadsFromThem() {
		RedisConnectionFactory connection = Driver.lettuce(Driver.servers(cluster), Duration.ofSeconds(5),
				(client) -> client.readFrom(ReadFrom.REPLICA));
		this.others.add(connection);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).build();
		Calls calls = factory.create(Calls.class);
		assertThat(calls.add("n", 5)).isEqualTo(5);
		LocalRedis replica = cluster.getReplicasOf(cluster.masterOf("n")).get(0);
		cluster.masterOf("n").execute("WAIT", "1", "1000");
		assertThat(calls.read("n")).isEqualTo(5);
		assertThat(calls.read("n")).isEqualTo(5);
		replica.execute("SCRIPT", "FLUSH");
		assertThat(calls.read("n")).isEqualTo(5);
		assertThat(Statistics.calls(replica, "evalsha_ro")).isEqualTo(3);
		assertThat(Statistics.calls(replica, "eval_ro")).as("healed on a replica").isEqualTo(2);
		assertThat(factory.scripts().preload()).as("replicas are preloaded too").hasSize(6);
		assertThat(calls.read("n")).isEqualTo(5);
		assertThat(Statistics.calls(replica, "eval_ro")).isEqualTo(2);
		for (LocalRedis master : cluster.getMasters()) {
			assertThat(Statistics.calls(master, "evalsha_ro")).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void readOnlyScriptsGoToTheMasterOtherwise(Driver driver) {
		Calls calls = calls(driver);
		calls.add("n", 5);
		assertThat(calls.read("n")).isEqualTo(5);
		assertThat(Statistics.calls(cluster.masterOf("n"), "evalsha_ro")).isEqualTo(2);
		assertThat(onReplicas("evalsha_ro")).isZero();
	}

	private static long onReplicas(String command) {
		long calls = 0;
		List<LocalRedis> masters = cluster.getMasters();
		for (LocalRedis node : cluster.getNodes()) {
			calls += masters.contains(node) ? 0 : Statistics.calls(node, command);
		}
		return calls;
	}

	private static List<String> keysOnAllMasters() {
		Set<LocalRedis> seen = new HashSet<>();
		List<String> keys = new ArrayList<>();
		for (int i = 0; keys.size() < 3; i++) {
			if (seen.add(cluster.masterOf("key" + i))) {
				keys.add("key" + i);
			}
		}
		return keys;
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		Long addLater(@Key String key, int amount);

		@LuaScript(source = "return redis.call('EXISTS', KEYS[1], KEYS[2])")
		long move(@Key String from, @Key String to);

		@LuaScript(source = "return 42")
		int answer();

		@LuaScript(source = "return 42")
		Integer answerLater();

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = 'MOVED 1 127.0.0.1:1'}")
		Object ownMoved(@Key String key);

		@LuaScript(source = "return {err = 'OUT_OF_STOCK ' .. KEYS[1]}")
		Long fail(@Key String key);

		@LuaScript(source = "return redis.call('GET', KEYS[1])", readOnly = true)
		Integer read(@Key String key);

	}

}
