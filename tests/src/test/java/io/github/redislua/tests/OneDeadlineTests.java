package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.JedisPoolConfig;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A call has one deadline, from its first instruction on: connecting, waiting for a
 * connection, loading the script and sending it share it. After it nothing is sent.
 */
class OneDeadlineTests {

	private static final Duration SOON = Duration.ofSeconds(1);

	private LocalRedis redis;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	// Loading the drivers' classes takes longer than the timeouts here.
	@BeforeAll
	static void warmUp() {
		try (LocalRedis redis = LocalRedis.start(); Clients clients = new Clients(redis)) {
			for (Driver driver : Driver.values()) {
				clients.create(driver, Calls.class).add("n");
			}
		}
	}

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
	}

	@AfterEach
	void stop() {
		this.redis.resume();
		this.connections.forEach(Clients::destroy);
		this.redis.close();
	}

	private <T> T create(RedisConnectionFactory connection, Class<T> repository) {
		this.connections.add(connection);
		return LuaRepositoryFactory.builder(connection).build().create(repository);
	}

	@ParameterizedTest
	@EnumSource
	void aServerThatIsFrozenBeforeTheFirstConnectionCostsTheTimeoutAndRunsNothingLater(Driver driver) throws Exception {
		Calls calls = create(driver.connect(this.redis), Calls.class);
		this.redis.pause();
		CompletableFuture<Duration> call = inTheBackground(() -> calls.addWithin50ms("n"));
		try {
			assertThat(call).succeedsWithin(Duration.ofSeconds(3));
		}
		finally {
			this.redis.resume();
		}
		assertThat(call.get()).isLessThan(SOON);
		assertNothingRan("n");
		assertThat(calls.add("n")).as("the connection is in step").isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void threadsThatFindTheServerFrozenWaitSideBySide(Driver driver) throws Exception {
		Duration timeout = Duration.ofSeconds(1);
		Calls calls = create(driver.connect(Driver.server(this.redis), timeout), Calls.class);
		this.redis.pause();
		List<CompletableFuture<Duration>> waiting = new ArrayList<>();
		try {
			for (int i = 0; i < 6; i++) {
				waiting.add(inTheBackground(() -> calls.add("n")));
			}
			assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new)))
				.succeedsWithin(Duration.ofSeconds(4));
		}
		finally {
			this.redis.resume();
		}
		assertThat(waiting).extracting(CompletableFuture::join)
			.allMatch((time) -> time.compareTo(timeout.plus(SOON)) < 0);
		assertNothingRan("n");
	}

	@Test
	void aPoolWithoutAFreeConnectionCostsTheTimeout() throws Exception {
		Calls calls = create(poolOfOne(), Calls.class);
		calls.add("warm");
		CompletableFuture<Long> holder = holdTheConnection(calls);
		assertFailsUnsent(() -> calls.addWithin50ms("n"));
		assertThat(holder.get(5, TimeUnit.SECONDS)).isEqualTo(1);
		assertNothingRan("n");
	}

	@Test
	void aCallThatWaitsForAConnectionHasLessTimeForTheReply() throws Exception {
		Calls calls = create(poolOfOne(), Calls.class);
		calls.spinWithin1s("warm", 0);
		CompletableFuture<Long> holder = holdTheConnection(calls);
		long start = System.nanoTime();
		// The connection is free after 800 ms or so, and the reply is due 200 ms later.
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.spinWithin1s("n", 900));
		assertThat(since(start)).isLessThan(Duration.ofMillis(1500));
		assertThat(holder.get(5, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void healingHasNoTimeOfItsOwn(Driver driver) {
		try (CuttableLine line = new CuttableLine(this.redis)) {
			Calls calls = create(driver.connect(new RedisStandaloneConfiguration("127.0.0.1", line.getPort()),
					Duration.ofSeconds(5)), Calls.class);
			calls.add("warm");
			line.delay(Duration.ofMillis(100));
			long start = System.nanoTime();
			// 200 ms until NOSCRIPT is there, and 200 ms to load the script and to run
			// it.
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.addWithin300ms("n"))
				.withMessageContaining("addWithin300ms");
			assertThat(since(start)).isLessThan(Duration.ofMillis(600));
		}
	}

	@ParameterizedTest
	@EnumSource
	void waitingForTheLoadOfAnotherCallCountsToo(Driver driver) throws Exception {
		try (CuttableLine line = new CuttableLine(this.redis)) {
			Calls calls = create(driver.connect(new RedisStandaloneConfiguration("127.0.0.1", line.getPort()),
					Duration.ofSeconds(5)), Calls.class);
			calls.add("warm");
			line.delay(Duration.ofMillis(150));
			CompletableFuture<Duration> first = inTheBackground(() -> calls.addSlowly("n"));
			Thread.sleep(50);
			long start = System.nanoTime();
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.addSlowlyWithin350ms("m"));
			assertThat(since(start)).isLessThan(Duration.ofMillis(700));
			first.exceptionally((ex) -> Duration.ZERO).get(5, TimeUnit.SECONDS);
		}
	}

	private RedisConnectionFactory poolOfOne() {
		JedisPoolConfig pool = new JedisPoolConfig();
		pool.setMaxTotal(1);
		JedisConnectionFactory connection = new JedisConnectionFactory(Driver.server(this.redis),
				JedisClientConfiguration.builder()
					.readTimeout(Duration.ofSeconds(10))
					.usePooling()
					.poolConfig(pool)
					.build());
		connection.afterPropertiesSet();
		connection.start();
		return connection;
	}

	private CompletableFuture<Long> holdTheConnection(Calls calls) throws InterruptedException {
		calls.spin("warm", 0);
		CountDownLatch started = new CountDownLatch(1);
		CompletableFuture<Long> holder = CompletableFuture.supplyAsync(() -> {
			started.countDown();
			return calls.spin("held", 900);
		});
		started.await();
		Awaitility.await("until it has the connection")
			.atMost(Duration.ofSeconds(2))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> isBusy());
		return holder;
	}

	// A script that runs keeps the server from answering.
	private boolean isBusy() {
		CompletableFuture<Object> ping = CompletableFuture.supplyAsync(() -> this.redis.execute("PING"));
		try {
			ping.get(30, TimeUnit.MILLISECONDS);
			return false;
		}
		catch (java.util.concurrent.TimeoutException ex) {
			return true;
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void assertFailsUnsent(Runnable call) {
		long start = System.nanoTime();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(call::run)
			.satisfies((ex) -> assertSaysThatNothingRan(ex));
		assertThat(since(start)).isLessThan(Duration.ofMillis(500));
	}

	private void assertNothingRan(String key) throws InterruptedException {
		Thread.sleep(300);
		assertThat(this.redis.execute("EXISTS", key)).as("nothing ran, then or later").isEqualTo(0L);
	}

	private static CompletableFuture<Duration> inTheBackground(Runnable call) {
		return Wait.inTheBackground(() -> {
			long start = System.nanoTime();
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(call::run)
				.satisfies((ex) -> assertSaysThatNothingRan(ex));
			return since(start);
		});
	}

	static void assertSaysThatNothingRan(Throwable ex) {
		assertThat(ex).hasMessageMatching("(?s).*(Calls|Later)\\..*")
			.hasMessageMatching("(?s).*(nothing was sent|not sent|did not run).*");
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	interface Calls {

		String ADD = "return redis.call('INCR', KEYS[1])";

		String SPIN = """
				local start = redis.call('TIME')
				local now = start
				while (now[1] - start[1]) * 1000000 + now[2] - start[2] < tonumber(ARGV[1]) * 1000 do
				  now = redis.call('TIME')
				end
				return redis.call('INCR', KEYS[1])
				""";

		@LuaScript(source = ADD)
		long add(@Key String key);

		@LuaScript(source = ADD, timeout = "50ms")
		long addWithin50ms(@Key String key);

		@LuaScript(source = "local n = redis.call('INCR', KEYS[1]) return n", timeout = "300ms")
		long addWithin300ms(@Key String key);

		@LuaScript(source = "local slowly = redis.call('INCR', KEYS[1]) return slowly")
		long addSlowly(@Key String key);

		@LuaScript(source = "local slowly = redis.call('INCR', KEYS[1]) return slowly", timeout = "350ms")
		long addSlowlyWithin350ms(@Key String key);

		@LuaScript(source = SPIN)
		long spin(@Key String key, int millis);

		@LuaScript(source = SPIN, timeout = "1s")
		long spinWithin1s(@Key String key, int millis);

	}

}
