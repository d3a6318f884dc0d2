package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A reply that is nested deeper than Lettuce can read fails its own call and no other on
 * the connection that all share.
 */
class DeepReplyTests {

	private static LocalRedis redis;

	private Clients clients;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@BeforeEach
	void connect() {
		redis.execute("FLUSHALL");
		this.clients = new Clients(redis);
	}

	@AfterEach
	void disconnect() {
		this.clients.close();
	}

	@ParameterizedTest
	@EnumSource
	void thirtyLevelsAreRead(Driver driver) {
		Calls calls = this.clients.create(driver, Calls.class);
		assertThat(depth(calls.nested("n", 30))).isEqualTo(30);
		assertThat(calls.add("n")).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 32, 33, 200 })
	void aDeeperReplyFailsAloneOnLettuce(int levels) throws Exception {
		Calls calls = this.clients.create(Driver.LETTUCE, Calls.class);
		Later later = this.clients.create(Driver.LETTUCE, Later.class);
		calls.add("warm");
		later.add("warm").join();
		List<CompletableFuture<Long>> others = new ArrayList<>();
		for (int i = 0; i < 25; i++) {
			others.add(later.add("n"));
		}
		CompletableFuture<Object> deep = later.nested("deep", levels);
		for (int i = 0; i < 25; i++) {
			others.add(later.add("n"));
		}
		assertThat(deep).failsWithin(Duration.ofSeconds(5))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(DataAccessException.class)
			.havingCause()
			.withMessageContaining("Later.nested")
			.withMessageContaining("nested");
		for (CompletableFuture<Long> other : others) {
			assertThat(other.get(5, TimeUnit.SECONDS)).isPositive();
		}
		for (int i = 0; i < 50; i++) {
			assertThat(calls.add("n")).isEqualTo(51 + i);
		}
		assertThat(redis.execute("GET", "deep")).as("it ran once").isEqualTo("1");
	}

	@Test
	void aDeeperReplyOfABlockingCallNamesTheLimitOfLettuce() {
		Calls calls = this.clients.create(Driver.LETTUCE, Calls.class);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.nested("deep", 40))
			.withMessageContaining("Calls.nested(String, int)")
			.withMessageMatching("(?s).*\\b3[0-9]\\b.*");
		for (int i = 0; i < 50; i++) {
			assertThat(calls.add("n")).isEqualTo(1 + i);
		}
	}

	@Test
	void aDeeperReplyInPipelinedFailsAloneOnLettuce() {
		LuaRepositoryFactory factory = this.clients.factory(Driver.LETTUCE);
		Calls calls = factory.create(Calls.class);
		List<Object> results = factory.scripts().pipelined(() -> {
			calls.add("n");
			calls.nested("deep", 40);
			calls.add("n");
		});
		assertThat(results.get(0)).isEqualTo(1L);
		assertThat(results.get(1)).isInstanceOf(DataAccessException.class);
		assertThat(results.get(2)).isEqualTo(2L);
		assertThat(calls.add("n")).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 32, 200 })
	void jedisReadsADeeperReply(int levels) {
		Calls calls = this.clients.create(Driver.JEDIS, Calls.class);
		assertThat(depth(calls.nested("deep", levels))).isEqualTo(levels);
		assertThat(calls.add("n")).isEqualTo(1);
	}

	private static int depth(Object reply) {
		int depth = 0;
		for (Object inner = reply; inner instanceof List<?> list; inner = list.get(0)) {
			depth++;
		}
		return depth;
	}

	interface Calls {

		String NESTED = """
				local nested = redis.call('INCR', KEYS[1])
				for i = 1, tonumber(ARGV[1]) do
				  nested = {nested}
				end
				return nested
				""";

		@LuaScript(source = NESTED)
		Object nested(@Key String key, int levels);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

	}

	interface Later {

		@LuaScript(source = Calls.NESTED)
		CompletableFuture<Object> nested(@Key String key, int levels);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		CompletableFuture<Long> add(@Key String key);

	}

}
