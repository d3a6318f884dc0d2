package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ReadFrom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisConnectionUtils;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptException;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A call whose reply was lost is an error, and is not sent again unless the method says
 * so.
 */
class UnknownOutcomeTests {

	private LocalRedis redis;

	private CuttableLine line;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
		this.line = new CuttableLine(this.redis);
	}

	@AfterEach
	void stop() {
		this.connections.forEach(Clients::destroy);
		this.line.close();
		this.redis.close();
	}

	private Slow slow(Driver driver, Duration timeout) {
		return LuaRepositoryFactory.builder(connect(driver, timeout)).build().create(Slow.class);
	}

	private RedisConnectionFactory connect(Driver driver, Duration timeout) {
		RedisConnectionFactory connection = driver.connect(server(), timeout);
		this.connections.add(connection);
		return connection;
	}

	private RedisStandaloneConfiguration server() {
		return new RedisStandaloneConfiguration("127.0.0.1", this.line.getPort());
	}

	@ParameterizedTest
	@EnumSource
	void aLostConnectionIsAnErrorAndTheScriptRanOnce(Driver driver) throws Exception {
		Slow slow = slow(driver, Duration.ofSeconds(10));
		slow.count("n", 0);
		CompletableFuture<Long> call = CompletableFuture.supplyAsync(() -> slow.count("n", 700));
		cutTheLineWhileTheScriptRuns();
		assertThat(call).failsWithin(Duration.ofSeconds(5))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(RedisConnectionFailureException.class);
		// Long enough for a driver to reconnect and to send again.
		Thread.sleep(1000);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
		assertThat(slow.count("n", 0)).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aLostConnectionOfASessionIsAnErrorAndTheScriptRanOnce(Driver driver) throws Exception {
		RedisConnectionFactory connection = connect(driver, Duration.ofSeconds(10));
		Slow slow = LuaRepositoryFactory.builder(connection).build().create(Slow.class);
		slow.count("n", 0);
		CompletableFuture<Long> call = CompletableFuture.supplyAsync(() -> {
			RedisConnectionUtils.bindConnection(connection);
			try {
				return slow.count("n", 700);
			}
			finally {
				RedisConnectionUtils.unbindConnection(connection);
			}
		});
		cutTheLineWhileTheScriptRuns();
		assertThat(call).failsWithin(Duration.ofSeconds(5))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(RedisConnectionFailureException.class);
		Thread.sleep(1000);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
	}

	@Test
	void aConnectionLostBehindReadFromIsAnErrorAndTheScriptRanOnce() throws Exception {
		LettuceConnectionFactory connection = new LettuceConnectionFactory(server(),
				LettuceClientConfiguration.builder()
					.commandTimeout(Duration.ofSeconds(10))
					.readFrom(ReadFrom.UPSTREAM_PREFERRED)
					.build());
		connection.afterPropertiesSet();
		connection.start();
		this.connections.add(connection);
		Slow slow = LuaRepositoryFactory.builder(connection).build().create(Slow.class);
		slow.count("n", 0);
		CompletableFuture<Long> call = CompletableFuture.supplyAsync(() -> slow.count("n", 700));
		cutTheLineWhileTheScriptRuns();
		assertThat(call).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(RedisConnectionFailureException.class);
		Thread.sleep(1000);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
		assertThat(slow.count("n", 0)).as("the connection is in step").isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aLostConnectionInPipelinedIsAnErrorAndTheScriptsRanOnce(Driver driver) throws Exception {
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connect(driver, Duration.ofSeconds(10))).build();
		Slow slow = factory.create(Slow.class);
		slow.count("n", 0);
		CompletableFuture<List<Object>> results = CompletableFuture
			.supplyAsync(() -> factory.scripts().pipelined(() -> {
				slow.count("n", 700);
				slow.count("o", 0);
			}));
		cutTheLineWhileTheScriptRuns();
		assertThat(results).failsWithin(Duration.ofSeconds(5))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(RedisConnectionFailureException.class);
		Thread.sleep(1000);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
		assertThat(this.redis.execute("GET", "o")).isEqualTo("1");
	}

	@Test
	void aLostConnectionOfAnAsynchronousCallIsAnErrorAndTheScriptRanOnce() throws Exception {
		Later later = LuaRepositoryFactory.builder(connect(Driver.LETTUCE, Duration.ofSeconds(10)))
			.build()
			.create(Later.class);
		later.count("n", 0).join();
		CompletableFuture<Long> call = later.count("n", 700);
		cutTheLineWhileTheScriptRuns();
		assertThat(call).failsWithin(Duration.ofSeconds(5))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(RedisConnectionFailureException.class);
		Thread.sleep(1000);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
		assertThat(later.count("n", 0).join()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aLostConnectionInAPipelineOfSpringDataRedisIsAnErrorAndTheScriptRanOnce(Driver driver) throws Exception {
		RedisConnectionFactory connection = connect(driver, Duration.ofSeconds(10));
		Slow slow = LuaRepositoryFactory.builder(connection).build().create(Slow.class);
		slow.count("n", 0);
		CountDownLatch sent = new CountDownLatch(1);
		CompletableFuture<List<Object>> results = CompletableFuture
			.supplyAsync(() -> new StringRedisTemplate(connection).executePipelined(new Session<Void>((operations) -> {
				slow.countLater("n", 700);
				sent.countDown();
				return null;
			})));
		sent.await(5, TimeUnit.SECONDS);
		cutTheLineWhileTheScriptRuns();
		assertThat(results).failsWithin(Duration.ofSeconds(10));
		Thread.sleep(1000);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
		assertThat(slow.count("n", 0)).as("the connection is in step").isEqualTo(3);
	}

	// The drivers' own behaviour, to show what is spared to scripts.
	@Test
	void lettuceItselfSendsAgain() throws Exception {
		StringRedisTemplate template = new StringRedisTemplate(connect(Driver.LETTUCE, Duration.ofSeconds(10)));
		RedisScript<Long> script = RedisScript.of(Slow.SOURCE, Long.class);
		template.execute(script, List.of("n"), "0");
		CompletableFuture<Long> call = CompletableFuture
			.supplyAsync(() -> template.execute(script, List.of("n"), "700"));
		cutTheLineWhileTheScriptRuns();
		assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(3);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("3");
	}

	@ParameterizedTest
	@EnumSource
	void anErrorThatLooksLikeARedirectionLeavesTheConnectionInStep(Driver driver) {
		Slow slow = slow(driver, Duration.ofSeconds(10));
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> slow.ask("n"));
			assertThat(slow.nothing("n")).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void anIdempotentCallIsSentAgain(Driver driver) throws Exception {
		Slow slow = slow(driver, Duration.ofSeconds(10));
		slow.countIdempotently("n", 0);
		CompletableFuture<Long> call = CompletableFuture.supplyAsync(() -> slow.countIdempotently("n", 700));
		cutTheLineWhileTheScriptRuns();
		assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aReplyThatComesTooLateIsAnErrorAndTheScriptRanOnce(Driver driver) throws Exception {
		Slow slow = slow(driver, Duration.ofSeconds(10));
		slow.countWithin100ms("n", 0);
		long start = System.nanoTime();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> slow.countWithin100ms("n", 2500))
			.withMessageContaining("Slow.countWithin100ms(String, int): ")
			.withMessageContaining(
					(driver == Driver.JEDIS) ? "Read timed out" : "within 100 ms; whether the script ran is unknown")
			.satisfies((ex) -> assertThat(ex).isInstanceOfAny(QueryTimeoutException.class,
					RedisConnectionFailureException.class));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		Thread.sleep(2600);
		assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
		assertThat(slow.countWithin100ms("n", 0)).as("the connection is in step").isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void theTimeoutHoldsInASessionToo(Driver driver) throws Exception {
		RedisConnectionFactory connection = connect(driver, Duration.ofSeconds(10));
		Slow slow = LuaRepositoryFactory.builder(connection).build().create(Slow.class);
		slow.countWithin100ms("n", 0);
		for (boolean watching : new boolean[] { false, true }) {
			this.redis.execute("SET", "n", "1");
			new StringRedisTemplate(connection).execute(new Session<Void>((operations) -> {
				if (watching) {
					operations.watch("w");
				}
				long start = System.nanoTime();
				assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> slow.countWithin100ms("n", 1500))
					.withMessageContaining("Slow.countWithin100ms(String, int): ");
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
				return null;
			}));
			Thread.sleep(1600);
			assertThat(this.redis.execute("GET", "n")).isEqualTo("2");
		}
		assertThat(slow.countWithin100ms("n", 0)).as("the connection is in step").isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aTimeoutLongerThanTheClientsIsKept(Driver driver) {
		Slow slow = slow(driver, Duration.ofSeconds(1));
		assertThat(slow.countWithin5s("n", 0)).isEqualTo(1);
		assertThat(slow.countWithin5s("n", 2000)).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void aServerThatIsDownIsAnErrorAndComesBack(Driver driver) {
		Slow slow = slow(driver, Duration.ofSeconds(10));
		slow.count("n", 0);
		this.redis.kill();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> slow.countWithin500ms("n", 0))
			.isNotInstanceOf(LuaScriptException.class);
		this.redis.restart();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.ignoreExceptionsInstanceOf(DataAccessException.class)
			.untilAsserted(() -> assertThat(slow.countWithin500ms("m", 0)).isPositive());
	}

	private void cutTheLineWhileTheScriptRuns() throws InterruptedException {
		Thread.sleep(200);
		this.line.cut();
	}

	interface Slow {

		String SOURCE = """
				local n = redis.call('INCR', KEYS[1])
				if n == 2 then
				  local start = redis.call('TIME')
				  local wait = tonumber(ARGV[1]) * 1000
				  local now = start
				  while (now[1] - start[1]) * 1000000 + now[2] - start[2] < wait do
				    now = redis.call('TIME')
				  end
				end
				return n
				""";

		@LuaScript(source = SOURCE)
		long count(@Key String key, int millis);

		@LuaScript(source = SOURCE)
		Long countLater(@Key String key, int millis);

		@LuaScript(source = "return {1, {err = 'ASK price too low'}, 42, 43}")
		Object ask(@Key String key);

		@LuaScript(source = "return redis.call('GET', KEYS[1] .. '?')")
		String nothing(@Key String key);

		@LuaScript(source = SOURCE, idempotent = true)
		long countIdempotently(@Key String key, int millis);

		@LuaScript(source = SOURCE, timeout = "100ms")
		long countWithin100ms(@Key String key, int millis);

		@LuaScript(source = SOURCE, timeout = "500ms")
		long countWithin500ms(@Key String key, int millis);

		@LuaScript(source = SOURCE, timeout = "PT5S")
		long countWithin5s(@Key String key, int millis);

	}

	interface Later {

		@LuaScript(source = Slow.SOURCE)
		CompletableFuture<Long> count(@Key String key, int millis);

	}

}
