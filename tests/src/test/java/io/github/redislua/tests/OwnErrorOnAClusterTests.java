package io.github.redislua.tests;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A script on a cluster may return an error that reads like one of the server's. It ran,
 * and does not run again.
 */
class OwnErrorOnAClusterTests {

	private static final String KEY = "n";

	private static LocalRedisCluster cluster;

	private static final Map<Driver, RedisConnectionFactory> connections = new EnumMap<>(Driver.class);

	@BeforeAll
	static void start() {
		cluster = LocalRedisCluster.start(3, 0);
		for (Driver driver : Driver.values()) {
			connections.put(driver, driver.connect(Driver.servers(cluster), Duration.ofSeconds(5)));
		}
	}

	@AfterAll
	static void stop() {
		connections.values().forEach(Clients::destroy);
		cluster.close();
	}

	@BeforeEach
	void clean() {
		cluster.getMasters().forEach((master) -> master.execute("FLUSHALL"));
	}

	static Stream<Arguments> driversAndErrors() {
		return Stream.of(Driver.values()).flatMap((driver) -> errors().map((error) -> Arguments.of(driver, error)));
	}

	// The last word stands for an address that is known when the cluster runs.
	static Stream<String> errors() {
		return Stream.of("CLUSTERDOWN The cluster is down", "CLUSTERDOWN Hash slot not served", "CLUSTERDOWN",
				"TRYAGAIN", "TRYAGAIN Multiple keys request during rehashing of slot", "MOVED <slot> <owner>",
				"MOVED <slot> <other>", "ASK <slot> <owner>", "ASK <slot> <other>", "MOVED <slot> 127.0.0.1:1",
				"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.");
	}

	@ParameterizedTest
	@MethodSource("driversAndErrors")
	void itRunsOnce(Driver driver, String error) {
		Calls calls = LuaRepositoryFactory.builder(connections.get(driver)).build().create(Calls.class);
		Throwable ex = catchThrowable(() -> calls.answer(KEY, filled(error)));
		assertThat(cluster.masterOf(KEY).execute("GET", KEY)).as("runs of the script").isEqualTo("1");
		assertCode(ex, error);
		assertThat(calls.add(KEY)).as("the connection is in step").isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("errors")
	void itRunsOnceOfAnAsynchronousCall(String error) {
		Calls.Later calls = LuaRepositoryFactory.builder(connections.get(Driver.LETTUCE))
			.build()
			.create(Calls.Later.class);
		Throwable ex = catchThrowable(() -> calls.answer(KEY, filled(error)).join());
		assertThat(cluster.masterOf(KEY).execute("GET", KEY)).as("runs of the script").isEqualTo("1");
		assertThat(ex).isInstanceOf(CompletionException.class);
		assertCode(ex.getCause(), error);
	}

	@ParameterizedTest
	@EnumSource
	void eachRunsOnceInPipelined(Driver driver) {
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connections.get(driver)).build();
		Calls calls = factory.create(Calls.class);
		List<String> errors = errors().toList();
		List<Object> results = factory.scripts().pipelined(() -> {
			errors.forEach((error) -> calls.answer(KEY, filled(error)));
			calls.add(KEY);
		});
		assertThat(cluster.masterOf(KEY).execute("GET", KEY)).as("runs of the scripts")
			.isEqualTo(String.valueOf(errors.size() + 1));
		assertThat(results.get(errors.size())).isEqualTo(errors.size() + 1L);
		for (int i = 0; i < errors.size(); i++) {
			assertCode((Throwable) results.get(i), errors.get(i));
		}
	}

	private static void assertCode(Throwable ex, String error) {
		String code = error.split(" ")[0];
		assertThat(ex).isInstanceOf(DataAccessException.class)
			.hasMessageContaining("answer")
			.hasMessageContaining(code);
		assertThat((Object) ex).extracting("code").isEqualTo(code);
	}

	private static String filled(String error) {
		LocalRedis owner = cluster.masterOf(KEY);
		LocalRedis other = cluster.getMasters()
			.stream()
			.filter((master) -> master.getPort() != owner.getPort())
			.findFirst()
			.orElseThrow();
		return error.replace("<slot>", String.valueOf(cluster.slotOf(KEY)))
			.replace("<owner>", "127.0.0.1:" + owner.getPort())
			.replace("<other>", "127.0.0.1:" + other.getPort());
	}

	interface Calls {

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}")
		Long answer(@Key String key, String error);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

		/** The same without waiting. */
		interface Later {

			@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}")
			java.util.concurrent.CompletableFuture<Long> answer(@Key String key, String error);

		}

	}

}
