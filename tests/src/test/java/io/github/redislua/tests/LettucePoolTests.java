package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lettuce with a pool, and connections that are not shared.
 */
class LettucePoolTests {

	private final GenericObjectPoolConfig<Object> pool = new GenericObjectPoolConfig<>();

	private LocalRedis redis;

	private CuttableLine line;

	private LettuceConnectionFactory factory;

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start("--repl-diskless-sync-delay", "0");
		this.line = new CuttableLine(this.redis);
	}

	@AfterEach
	void stop() {
		this.factory.destroy();
		this.line.close();
		this.redis.close();
	}

	@SuppressWarnings({ "rawtypes", "unchecked" }) // differs between the versions
	private void connect(boolean shared) {
		this.factory = new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", this.line.getPort()),
				LettucePoolingClientConfiguration.builder()
					.commandTimeout(Duration.ofSeconds(30))
					.poolConfig((GenericObjectPoolConfig) this.pool)
					.build());
		this.factory.setShareNativeConnection(shared);
		this.factory.afterPropertiesSet();
		this.factory.start();
	}

	private <T> T create(Class<T> type) {
		return LuaRepositoryFactory.builder(this.factory).build().create(type);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aWriteReachesTheNewMasterAndSoDoPipelinesBeforeLong(boolean shared) {
		connect(shared);
		Calls calls = create(Calls.class);
		StringRedisTemplate template = new StringRedisTemplate(this.factory);
		assertThat(calls.add("n")).isEqualTo(1);
		assertThat(pipeline(template, calls)).containsExactly(2L, 3L);
		try (LocalRedis other = LocalRedis.start()) {
			other.execute("SET", "n", "100");
			this.line.leadTo(other);
			this.redis.execute("REPLICAOF", "127.0.0.1", String.valueOf(other.getPort()));
			assertThat(calls.add("n")).isEqualTo(101);
			Awaitility.await()
				.atMost(Duration.ofSeconds(3))
				.ignoreExceptionsInstanceOf(DataAccessException.class)
				.untilAsserted(
						() -> assertThat(pipeline(template, calls)).hasOnlyElementsOfType(Long.class).hasSize(2));
		}
	}

	private static List<Object> pipeline(StringRedisTemplate template, Calls calls) {
		return template.executePipelined(new Session<Void>((operations) -> {
			calls.later("n");
			calls.later("n");
			return null;
		}));
	}

	@Test
	void aPoolWithoutAFreeConnectionCostsTheTimeoutAndRunsNothingLater() throws Exception {
		this.pool.setMaxTotal(1);
		connect(false);
		Calls calls = create(Calls.class);
		assertThat(calls.add("n")).isEqualTo(1);
		RedisConnection taken = this.factory.getConnection();
		taken.ping();
		long start = System.nanoTime();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.addWithin100ms("n"))
			.withMessageContaining("the script did not run");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		CompletableFuture<Long> later = calls.addLaterWithin100ms("n");
		assertThat(later).failsWithin(2, TimeUnit.SECONDS);
		taken.close();
		assertThat(calls.add("n")).as("neither ran").isEqualTo(2);
	}

	@Test
	void callsThatNobodyWaitsForShareThePool() {
		this.pool.setMaxTotal(4);
		connect(false);
		Calls calls = create(Calls.class);
		calls.add("warm");
		List<CompletableFuture<Long>> replies = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			replies.add(calls.addLater("n"));
		}
		assertThat(replies.stream().map(CompletableFuture::join)).hasSize(100).doesNotHaveDuplicates();
		assertThat(this.line.accepted()).isLessThanOrEqualTo(4);
		assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
			.filteredOn("redis-lua-connect"::equals)
			.hasSizeLessThan(60);
	}

	interface Calls {

		String ADD = "return redis.call('INCR', KEYS[1])";

		@LuaScript(source = ADD)
		long add(@Key String key);

		@LuaScript(source = ADD)
		Long later(@Key String key);

		@LuaScript(source = ADD, timeout = "100ms")
		long addWithin100ms(@Key String key);

		@LuaScript(source = ADD, timeout = "100ms")
		CompletableFuture<Long> addLaterWithin100ms(@Key String key);

		@LuaScript(source = ADD)
		CompletableFuture<Long> addLater(@Key String key);

	}

}
