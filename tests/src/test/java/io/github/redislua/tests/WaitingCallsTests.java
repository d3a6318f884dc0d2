package io.github.redislua.tests;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls that wait cost no threads, end on time and say what they know of the outcome.
 */
class WaitingCallsTests {

	private LocalRedis redis;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	// Loading the drivers' classes takes longer than the timeouts here.
	@BeforeAll
	static void warmUp() {
		try (LocalRedis redis = LocalRedis.start(); Clients clients = new Clients(redis)) {
			clients.create(Driver.LETTUCE, Later.class).add("n").join();
			clients.create(Driver.JEDIS, Calls.class).setIdempotently("n");
		}
	}

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
	}

	@AfterEach
	void stop() {
		if (this.redis.isRunning()) {
			this.redis.resume();
		}
		this.connections.forEach(Clients::destroy);
		this.redis.close();
	}

	private <T> T create(Driver driver, Duration timeout, Class<T> repository) {
		return create(driver, Driver.server(this.redis), timeout, repository);
	}

	private <T> T create(Driver driver, RedisStandaloneConfiguration server, Duration timeout, Class<T> repository) {
		RedisConnectionFactory connection = driver.connect(server, timeout);
		this.connections.add(connection);
		return LuaRepositoryFactory.builder(connection).build().create(repository);
	}

	@Test
	void threeThousandCallsShareOneAttemptToConnect() throws Exception {
		Later later = create(Driver.LETTUCE, Duration.ofSeconds(10), Later.class);
		this.redis.pause();
		int threads = Thread.activeCount();
		long start = System.nanoTime();
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			futures.add(later.addWithin500ms("n"));
		}
		assertThat(Thread.activeCount() - threads).as("new threads").isLessThan(20);
		for (CompletableFuture<Long> future : futures) {
			assertThat(future).failsWithin(Duration.ofSeconds(3))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(DataAccessException.class);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		OneDeadlineTests.assertSaysThatNothingRan(Wait.failure(futures.get(2999), Duration.ofSeconds(1)));
		this.redis.resume();
		assertThat(later.add("m").get(5, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(this.redis.execute("EXISTS", "n")).as("nothing is sent later").isEqualTo(0L);
	}

	@Test
	void afterAFailedAttemptToConnectTheNextCallTriesAgain() throws Exception {
		Later later = create(Driver.LETTUCE, Duration.ofSeconds(10), Later.class);
		this.redis.kill();
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			futures.add(later.addWithin500ms("n"));
		}
		for (CompletableFuture<Long> future : futures) {
			Wait.failure(future, Duration.ofSeconds(3));
		}
		this.redis.restart();
		assertThat(later.add("n").get(5, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void anIdempotentCallWaitsOnceForAServerThatIsDown(Driver driver) {
		Calls calls = create(driver, Duration.ofMillis(700), Calls.class);
		calls.setIdempotently("n");
		this.redis.kill();
		// Notices.
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.setIdempotently("n"));
		long start = System.nanoTime();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.setIdempotently("n"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1200));
		long first = System.nanoTime();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.setIdempotentlyWithin500ms("n"));
		assertThat(Duration.ofNanos(System.nanoTime() - first)).isLessThan(Duration.ofMillis(900));
	}

	@Test
	void anIdempotentAsynchronousCallWaitsOnceForAServerThatIsDown() {
		Later later = create(Driver.LETTUCE, Duration.ofSeconds(10), Later.class);
		later.set("n").join();
		this.redis.kill();
		Wait.failure(later.setWithin600ms("n"), Duration.ofSeconds(5));
		long start = System.nanoTime();
		Wait.failure(later.setWithin600ms("n"), Duration.ofSeconds(5));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1000));
	}

	@Test
	void aCallThatTimesOutWhileItIsHealedSaysThatTheOutcomeIsUnknown() throws Exception {
		try (CuttableLine line = new CuttableLine(this.redis)) {
			Later later = create(Driver.LETTUCE, new RedisStandaloneConfiguration("127.0.0.1", line.getPort()),
					Duration.ofSeconds(5), Later.class);
			later.set("warm").join();
			line.delay(Duration.ofMillis(150));
			// NOSCRIPT is here after 300 ms. The script runs after 450 ms, and its reply
			// would be here after 600 ms.
			CompletableFuture<Long> call = later.addWithin500ms("n");
			assertThat(Wait.failure(call, Duration.ofSeconds(5))).isInstanceOf(QueryTimeoutException.class)
				.hasMessageContaining("'Later.addWithin500ms'")
				.hasMessageContaining("Later.addWithin500ms(String)")
				.hasMessageContaining("whether the script ran is unknown");
			Thread.sleep(300);
			assertThat(this.redis.execute("GET", "n")).as("it did run").isEqualTo("1");
		}
	}

	@Test
	void aCallThatTimesOutBeforeItIsHealedSaysThatItDidNotRun() throws Exception {
		try (CuttableLine line = new CuttableLine(this.redis)) {
			Later later = create(Driver.LETTUCE, new RedisStandaloneConfiguration("127.0.0.1", line.getPort()),
					Duration.ofSeconds(5), Later.class);
			later.set("warm").join();
			line.delay(Duration.ofMillis(200));
			// The first one loads the script from 400 to 800 ms on, and the second waits
			// for it from 500 ms on.
			CompletableFuture<Long> loads = later.add("m");
			Thread.sleep(100);
			CompletableFuture<Long> call = later.addWithin500ms("n");
			assertThat(loads.get(5, TimeUnit.SECONDS)).isEqualTo(1);
			Throwable ex = Wait.failure(call, Duration.ofSeconds(5));
			assertThat(ex).isInstanceOf(QueryTimeoutException.class);
			OneDeadlineTests.assertSaysThatNothingRan(ex);
			Thread.sleep(500);
			assertThat(this.redis.execute("EXISTS", "n")).isEqualTo(0L);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anIdempotentCallThatIsSentAgainHasItsTimeAgainForHealingToo(boolean timeoutOfTheMethod) throws Exception {
		Later later = create(Driver.LETTUCE, timeoutOfTheMethod ? Duration.ofSeconds(10) : Duration.ofMillis(600),
				Later.class);
		later.set("n").join();
		try (Socket flusher = new Socket(this.redis.getHost(), this.redis.getPort())) {
			send(flusher, "PING");
			assertThat(flusher.getInputStream().read()).isEqualTo('+');
			this.redis.pause();
			// The server hears of it first.
			send(flusher, "SCRIPT FLUSH");
			CompletableFuture<Long> call = timeoutOfTheMethod ? later.setWithin600ms("n") : later.set("n");
			Thread.sleep(900);
			assertThat(call).as("sent again").isNotDone();
			this.redis.resume();
			assertThat(call.get(2, TimeUnit.SECONDS)).isEqualTo(7);
			assertThat(Statistics.calls(this.redis, "script|load")).isEqualTo(2);
		}
	}

	private static void send(Socket socket, String command) throws IOException {
		socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anApplicationThatBlocksInACallbackStopsNobodysTimeout(boolean connected) throws Exception {
		Later later = create(Driver.LETTUCE, Duration.ofSeconds(10), Later.class);
		if (connected) {
			later.add("n").join();
		}
		CountDownLatch release = new CountDownLatch(1);
		this.redis.pause();
		try {
			// There are two threads that a timeout may come from.
			for (int i = 0; i < 2; i++) {
				CountDownLatch blocked = new CountDownLatch(1);
				later.addWithin100ms("n").whenComplete((value, ex) -> {
					blocked.countDown();
					await(release);
				});
				assertThat(blocked.await(1, TimeUnit.SECONDS)).as("call " + i + " timed out").isTrue();
			}
			Wait.failure(later.addWithin100ms("n"), Duration.ofSeconds(1));
			Wait.failure(later.setWithin600ms("n"), Duration.ofSeconds(3));
			// That of everybody in this JVM.
			Wait.failure(new CompletableFuture<Long>().orTimeout(100, TimeUnit.MILLISECONDS), Duration.ofSeconds(1));
		}
		finally {
			release.countDown();
			this.redis.resume();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@ParameterizedTest
	@EnumSource
	void loadingManyScriptsFromASlowServerEndsInTime(Driver driver) throws Exception {
		try (CuttableLine line = new CuttableLine(this.redis)) {
			RedisConnectionFactory connection = driver
				.connect(new RedisStandaloneConfiguration("127.0.0.1", line.getPort()), Duration.ofMillis(600));
			this.connections.add(connection);
			LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).locations().build();
			Many many = factory.create(Many.class);
			assertThat(many.first("n")).isEqualTo(1);
			// An answer is 47 bytes long, so that each comes within the limit.
			line.trickle(47, Duration.ofMillis(400));
			CompletableFuture<List<Object>> pipelined = Wait.inTheBackground(() -> factory.scripts().pipelined(() -> {
				many.second("n");
				many.third("n");
				many.fourth("n");
				many.fifth("n");
			}));
			long start = System.nanoTime();
			pipelined.exceptionally((ex) -> List.of()).get(10, TimeUnit.SECONDS);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as("of a limit of 600 ms")
				.isLessThan(Duration.ofMillis(1100));
		}
	}

	interface Calls {

		@LuaScript(source = "redis.call('SET', KEYS[1], 7) return 7", idempotent = true)
		long setIdempotently(@Key String key);

		@LuaScript(source = "redis.call('SET', KEYS[1], 7) return 7", idempotent = true, timeout = "500ms")
		long setIdempotentlyWithin500ms(@Key String key);

	}

	interface Later {

		String ADD = "return redis.call('INCR', KEYS[1])";

		@LuaScript(source = ADD)
		CompletableFuture<Long> add(@Key String key);

		@LuaScript(source = ADD, timeout = "100ms")
		CompletableFuture<Long> addWithin100ms(@Key String key);

		@LuaScript(source = ADD, timeout = "500ms")
		CompletableFuture<Long> addWithin500ms(@Key String key);

		@LuaScript(source = "redis.call('SET', KEYS[1], 7) return 7", idempotent = true)
		CompletableFuture<Long> set(@Key String key);

		@LuaScript(source = "redis.call('SET', KEYS[1], 7) return 7", idempotent = true, timeout = "600ms")
		CompletableFuture<Long> setWithin600ms(@Key String key);

	}

	interface Many {

		@LuaScript(source = "return 1 -- first")
		long first(@Key String key);

		@LuaScript(source = "return 1 -- second")
		long second(@Key String key);

		@LuaScript(source = "return 1 -- third")
		long third(@Key String key);

		@LuaScript(source = "return 1 -- fourth")
		long fourth(@Key String key);

		@LuaScript(source = "return 1 -- fifth")
		long fifth(@Key String key);

	}

}
