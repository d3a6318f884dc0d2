package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the server cannot do now is no fault of the script, and may be tried again.
 */
class UnavailableTests {

	private LocalRedis redis;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start("--busy-reply-threshold", "50", "--enable-debug-command", "yes");
	}

	@AfterEach
	void stop() {
		this.connections.forEach(Clients::destroy);
		this.redis.close();
	}

	private Calls calls(Driver driver, LocalRedis server) {
		RedisConnectionFactory connection = driver.connect(server);
		this.connections.add(connection);
		return LuaRepositoryFactory.builder(connection).build().create(Calls.class);
	}

	private Calls calls(Driver driver, LocalRedisCluster cluster) {
		RedisConnectionFactory connection = driver.connect(cluster);
		this.connections.add(connection);
		return LuaRepositoryFactory.builder(connection).build().create(Calls.class);
	}

	private static void assertUnavailable(Runnable call, String script, String code) {
		assertThatExceptionOfType(TransientDataAccessException.class).isThrownBy(call::run)
			.satisfies((ex) -> Unavailable.assertThatIsOne(ex, script, code));
	}

	@ParameterizedTest
	@EnumSource
	void becauseAScriptKeepsItBusy(Driver driver) {
		Calls calls = calls(driver, this.redis);
		calls.add("n");
		CompletableFuture<Object> endless = Wait
			.inTheBackground(() -> this.redis.execute("EVAL", "while true do end", "0"));
		try {
			Awaitility.await().ignoreExceptions().until(() -> isRefused("PING", "BUSY"));
			assertUnavailable(() -> calls.add("n"), "Calls.add", "BUSY");
			assertUnavailable(() -> calls.another("n"), "Calls.another", "BUSY");
		}
		finally {
			this.redis.execute("SCRIPT", "KILL");
		}
		Wait.failure(endless, Duration.ofSeconds(5));
		assertThat(calls.add("n")).isEqualTo(2);
	}

	private boolean isRefused(String command, String code) {
		try {
			this.redis.execute(command);
			return false;
		}
		catch (RuntimeException ex) {
			return String.valueOf(ex.getMessage()).contains(code);
		}
	}

	@ParameterizedTest
	@EnumSource
	void becauseItsMemoryIsFull(Driver driver) {
		Calls calls = calls(driver, this.redis);
		calls.add("n");
		this.redis.execute("CONFIG", "SET", "maxmemory", "1");
		assertUnavailable(() -> calls.add("n"), "Calls.add", "OOM");
		assertUnavailable(() -> calls.addWithFlags("n"), "Calls.addWithFlags", "OOM");
		this.redis.execute("CONFIG", "SET", "maxmemory", "0");
		assertThat(calls.add("n")).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void becauseItHasTooFewReplicas(Driver driver) {
		Calls calls = calls(driver, this.redis);
		calls.add("n");
		calls.addWithFlags("n");
		this.redis.execute("CONFIG", "SET", "min-replicas-to-write", "1");
		assertUnavailable(() -> calls.add("n"), "Calls.add", "NOREPLICAS");
		assertUnavailable(() -> calls.addWithFlags("n"), "Calls.addWithFlags", "NOREPLICAS");
	}

	@ParameterizedTest
	@EnumSource
	void becauseItsMasterIsDownOrItIsAReplica(Driver driver) {
		try (LocalRedis replica = LocalRedis.start("--replica-serve-stale-data", "no")) {
			Calls calls = calls(driver, replica);
			calls.read("n");
			calls.add("n");
			// Nobody is there.
			replica.execute("REPLICAOF", "127.0.0.1", "1");
			assertUnavailable(() -> calls.read("n"), "Calls.read", "MASTERDOWN");
			assertUnavailable(() -> calls.add("n"), "Calls.add", "MASTERDOWN");
			replica.execute("CONFIG", "SET", "replica-serve-stale-data", "yes");
			assertUnavailable(() -> calls.add("n"), "Calls.add", "READONLY");
			assertUnavailable(() -> calls.addWithFlags("n"), "Calls.addWithFlags", "READONLY");
		}
	}

	@ParameterizedTest
	@EnumSource
	void becauseItReadsItsData(Driver driver) {
		Calls calls = calls(driver, this.redis);
		calls.add("n");
		this.redis.execute("DEBUG", "POPULATE", "50", "filler", "2000");
		this.redis.execute("CONFIG", "SET", "loading-process-events-interval-bytes", "1024");
		this.redis.execute("CONFIG", "SET", "key-load-delay", "20000");
		CompletableFuture<Object> reading = Wait.inTheBackground(() -> this.redis.execute("DEBUG", "RELOAD"));
		Awaitility.await()
			.ignoreExceptions()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> isRefused("DBSIZE", "LOADING"));
		assertUnavailable(() -> calls.add("n"), "Calls.add", "LOADING");
		assertThat(reading).succeedsWithin(Duration.ofSeconds(10));
		assertThat(calls.add("n")).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void aClusterBecauseNobodyHasTheSlotOrItIsOnItsWay(Driver driver) {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			Calls calls = calls(driver, cluster);
			calls.both("{n}a", "{n}b");
			LocalRedis from = cluster.masterOf("{n}");
			LocalRedis to = cluster.getMasters()
				.stream()
				.filter((master) -> master.getPort() != from.getPort())
				.findFirst()
				.orElseThrow();
			String slot = String.valueOf(cluster.slotOf("{n}"));
			to.execute("CLUSTER", "SETSLOT", slot, "IMPORTING", String.valueOf(from.execute("CLUSTER", "MYID")));
			from.execute("CLUSTER", "SETSLOT", slot, "MIGRATING", String.valueOf(to.execute("CLUSTER", "MYID")));
			from.execute("MIGRATE", to.getHost(), String.valueOf(to.getPort()), "{n}a", "0", "1000");
			long start = System.nanoTime();
			assertThatExceptionOfType(TransientDataAccessException.class)
				.isThrownBy(() -> calls.bothWithin200ms("{n}a", "{n}b"))
				.withMessageContaining("bothWithin200ms");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(800));
			assertUnavailable(() -> calls.both("{n}a", "{n}b"), "Calls.both", "TRYAGAIN");
			from.execute("CLUSTER", "SETSLOT", slot, "STABLE");
			to.execute("CLUSTER", "SETSLOT", slot, "STABLE");
			cluster.getMasters()
				.forEach((master) -> master.execute("CONFIG", "SET", "cluster-require-full-coverage", "no"));
			from.execute("CLUSTER", "DELSLOTS", slot);
			assertUnavailable(() -> calls.addWithin300ms("{n}c"), "Calls.addWithin300ms", "CLUSTERDOWN");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aScriptsOwnErrorIsItsOwnWhateverItsFirstWord(Driver driver) {
		Calls calls = calls(driver, this.redis);
		List<String> codes = List.of("BUSY", "LOADING", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "READONLY",
				"NOREPLICAS", "OOM");
		for (String code : codes) {
			assertThatExceptionOfType(LuaScriptExecutionException.class)
				.isThrownBy(() -> calls.answer("n", code + " says the script"))
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(code));
		}
		assertThat(this.redis.execute("GET", "n")).isEqualTo(String.valueOf(codes.size()));
		assertThatExceptionOfType(Taken.class).isThrownBy(() -> calls.take("m"));
		assertThat(this.redis.execute("GET", "m")).isEqualTo("1");
	}

	@Test
	void itIsInTheListInPipelined() {
		RedisConnectionFactory connection = Driver.LETTUCE.connect(this.redis);
		this.connections.add(connection);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).build();
		Calls calls = factory.create(Calls.class);
		calls.add("n");
		calls.read("n");
		this.redis.execute("CONFIG", "SET", "min-replicas-to-write", "1");
		List<Object> results = factory.scripts().pipelined(() -> {
			calls.read("n");
			calls.add("n");
		});
		assertThat(results.get(0)).isEqualTo(1L);
		Unavailable.assertThatIsOne((Throwable) results.get(1), "Calls.add", "NOREPLICAS");
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "300ms")
		long addWithin300ms(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1]) -- never loaded")
		long another(@Key String key);

		@LuaScript(source = "#!lua\nreturn redis.call('INCR', KEYS[1])")
		long addWithFlags(@Key String key);

		@LuaScript(source = "return redis.call('GET', KEYS[1])", readOnly = true)
		Long read(@Key String key);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return redis.call('INCR', KEYS[2])")
		long both(@Key String one, @Key String other);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return redis.call('INCR', KEYS[2])", timeout = "200ms")
		long bothWithin200ms(@Key String one, @Key String other);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}")
		Long answer(@Key String key, String error);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = 'BUSY The seat is taken'}",
				errors = @LuaError(code = "BUSY", exception = Taken.class))
		Long take(@Key String key);

	}

	static class Taken extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Taken(String message) {
			super(message);
		}

	}

}
