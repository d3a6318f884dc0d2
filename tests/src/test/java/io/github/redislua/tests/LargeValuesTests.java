package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Many keys, many arguments, large values and any bytes arrive as they were sent.
 */
@Tag("long")
class LargeValuesTests {

	private static final int MEGABYTES = 64;

	private static LocalRedis redis;

	private static Clients clients;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start("--proto-max-bulk-len", "512mb", "--client-query-buffer-limit", "1gb");
		clients = new Clients(redis);
	}

	@AfterAll
	static void stop() {
		clients.close();
		redis.close();
	}

	@ParameterizedTest
	@EnumSource
	void tenThousandKeys(Driver driver) {
		List<String> keys = IntStream.range(0, 10_000).mapToObj((i) -> "{many}:" + i).toList();
		assertThat(clients.create(driver, Calls.class).ends(keys)).containsExactly("10000", "{many}:0", "{many}:9999");
	}

	@ParameterizedTest
	@EnumSource
	void tenThousandKeysOnACluster(Driver driver) {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			RedisConnectionFactory connection = driver.connect(cluster);
			try {
				List<String> keys = IntStream.range(0, 10_000).mapToObj((i) -> "{many}:" + i).toList();
				Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
				assertThat(calls.ends(keys)).containsExactly("10000", "{many}:0", "{many}:9999");
			}
			finally {
				Clients.destroy(connection);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void sevenThousandArguments(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		List<Integer> numbers = IntStream.range(0, 7_000).boxed().toList();
		assertThat(calls.push("list:" + driver, numbers)).isEqualTo(7_000);
		assertThat(calls.all("list:" + driver)).isEqualTo(numbers);
	}

	@ParameterizedTest
	@EnumSource
	void moreArgumentsThanUnpackTakesAreTheScriptsOwnError(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		List<Integer> numbers = IntStream.range(0, 9_000).boxed().toList();
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> calls.push("long:" + driver, numbers))
			.withMessageContaining("too many results to unpack")
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo("Calls.push:1"));
		assertThat(redis.execute("EXISTS", "long:" + driver)).isEqualTo(0L);
	}

	@ParameterizedTest
	@EnumSource
	void sixtyFourMegabytes(Driver driver) {
		byte[] value = new byte[MEGABYTES << 20];
		new Random(42).nextBytes(value);
		RedisConnectionFactory connection = driver.connect(Driver.server(redis), Duration.ofSeconds(60));
		try {
			Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
			assertThat(Arrays.equals(calls.echo(value), value)).isTrue();
		}
		finally {
			Clients.destroy(connection);
		}
	}

	@ParameterizedTest
	@EnumSource
	void keysOfEveryByteValue(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		byte[] all = new byte[256];
		List<byte[]> keys = new ArrayList<>();
		for (int i = 0; i < 256; i++) {
			all[i] = (byte) i;
			keys.add(new byte[] { 'k', (byte) i });
		}
		assertThat(calls.set(all, all)).isEqualTo(all);
		for (byte[] key : keys) {
			assertThat(calls.set(key, key)).isEqualTo(key);
		}
		assertThat(calls.existing(keys)).isEqualTo(256);
	}

	interface Calls {

		@LuaScript(source = "return {#KEYS, KEYS[1], KEYS[#KEYS]}")
		List<String> ends(@Key List<String> keys);

		@LuaScript(source = "return redis.call('RPUSH', KEYS[1], unpack(ARGV))")
		long push(@Key String key, List<Integer> numbers);

		@LuaScript(source = "return redis.call('LRANGE', KEYS[1], 0, -1)")
		List<Integer> all(@Key String key);

		@LuaScript(source = "return ARGV[1]")
		byte[] echo(byte[] value);

		@LuaScript(source = "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])")
		byte[] set(@Key byte[] key, byte[] value);

		@LuaScript(source = "return redis.call('EXISTS', unpack(KEYS))")
		long existing(@Key List<byte[]> keys);

	}

}
