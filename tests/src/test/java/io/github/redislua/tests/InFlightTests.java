package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that are under way when the application ends, when their thread is interrupted or
 * when the driver closes their connection: the caller hears which call it was and that
 * nobody knows whether the script ran.
 */
class InFlightTests {

	private LocalRedis redis;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

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

	private RedisConnectionFactory connect(Driver driver) {
		RedisConnectionFactory connection = driver.connect(this.redis);
		this.connections.add(connection);
		return connection;
	}

	private static void assertOutcomeUnknown(Throwable ex, String method) {
		assertThat(ex).isInstanceOf(DataAccessException.class)
			.hasMessageContaining("'" + method + "'")
			.hasMessageContaining(method + "(String)")
			.hasMessageContaining("whether the script ran is unknown");
	}

	private static Throwable failure(CompletableFuture<?> call) {
		assertThat(call).failsWithin(Duration.ofSeconds(5)).withThrowableOfType(ExecutionException.class);
		return call.handle((value, ex) -> ex).join();
	}

	@ParameterizedTest
	@EnumSource
	void theEndOfTheConnectionFactoryLeavesTheOutcomeUnknown(Driver driver) throws Exception {
		RedisConnectionFactory connection = connect(driver);
		Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
		calls.add("n");
		this.redis.pause();
		CompletableFuture<Long> call = Wait.inTheBackground(() -> calls.add("n"));
		Thread.sleep(150);
		Clients.destroy(connection);
		if (driver == Driver.JEDIS) {
			// A connection that is lent out lives on until its call is over.
			this.redis.resume();
			assertThat(call).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(2L);
			return;
		}
		assertOutcomeUnknown(failure(call), "Calls.add");
	}

	@Test
	void soItDoesForAnAsynchronousCall() throws Exception {
		RedisConnectionFactory connection = connect(Driver.LETTUCE);
		Later later = LuaRepositoryFactory.builder(connection).build().create(Later.class);
		later.add("n").join();
		this.redis.pause();
		List<CompletableFuture<Long>> futures = List.of(later.add("n"), later.add("n"), later.addIdempotently("n"));
		Thread.sleep(150);
		Clients.destroy(connection);
		assertOutcomeUnknown(failure(futures.get(0)), "Later.add");
		assertOutcomeUnknown(failure(futures.get(1)), "Later.add");
		assertThat(failure(futures.get(2))).isInstanceOf(DataAccessException.class)
			.hasMessageContaining("Later.addIdempotently(String)");
	}

	@Test
	void soItDoesInPipelined() throws Exception {
		RedisConnectionFactory connection = connect(Driver.LETTUCE);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).build();
		Calls calls = factory.create(Calls.class);
		calls.add("n");
		this.redis.pause();
		CompletableFuture<List<Object>> results = Wait.inTheBackground(() -> factory.scripts().pipelined(() -> {
			calls.add("n");
			calls.add("n");
		}));
		Thread.sleep(150);
		Clients.destroy(connection);
		Throwable ex = results.handle((list, failed) -> (failed != null) ? failed : (Throwable) list.get(0))
			.get(5, TimeUnit.SECONDS);
		assertOutcomeUnknown(ex, "Calls.add");
	}

	@ParameterizedTest
	@EnumSource
	void anInterruptionLeavesTheOutcomeUnknownAndTheThreadInterrupted(Driver driver) throws Exception {
		RedisConnectionFactory connection = connect(driver);
		Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
		calls.add("n");
		this.redis.pause();
		AtomicBoolean interrupted = new AtomicBoolean();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		CompletableFuture<Long> call = Wait.inTheBackground(() -> {
			thread.complete(Thread.currentThread());
			try {
				return calls.add("n");
			}
			finally {
				interrupted.set(Thread.currentThread().isInterrupted());
			}
		});
		Thread.sleep(150);
		thread.join().interrupt();
		if (driver == Driver.JEDIS) {
			// It reads from a socket, which no interruption ends.
			this.redis.resume();
			assertThat(call).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(2L);
		}
		else {
			assertOutcomeUnknown(failure(call), "Calls.add");
		}
		assertThat(interrupted).isTrue();
		this.redis.resume();
		assertThat(new StringRedisTemplate(connection).opsForValue().get("n")).as("the connection is in step")
			.isEqualTo("2");
	}

	@ParameterizedTest
	@EnumSource
	void anInterruptionBeforeThereIsAConnectionMeansThatNothingRan(Driver driver) throws Exception {
		RedisConnectionFactory connection = connect(driver);
		Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
		this.redis.pause();
		AtomicBoolean interrupted = new AtomicBoolean();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		CompletableFuture<Long> call = Wait.inTheBackground(() -> {
			thread.complete(Thread.currentThread());
			try {
				return calls.addWithin2s("n");
			}
			finally {
				interrupted.set(Thread.currentThread().isInterrupted());
			}
		});
		Thread.sleep(150);
		thread.join().interrupt();
		Throwable ex = failure(call);
		assertThat(ex).isInstanceOf(DataAccessException.class);
		OneDeadlineTests.assertSaysThatNothingRan(ex);
		assertThat(interrupted).isTrue();
		this.redis.resume();
		Thread.sleep(200);
		assertThat(this.redis.execute("EXISTS", "n")).isEqualTo(0L);
	}

	@Test
	void aConnectionThatTheDriverClosesIsALostOne() throws Exception {
		LettuceConnectionFactory connection = (LettuceConnectionFactory) connect(Driver.LETTUCE);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(connection).build();
		Calls calls = factory.create(Calls.class);
		Later later = factory.create(Later.class);
		calls.add("n");
		this.redis.pause();
		CompletableFuture<Long> blocking = Wait.inTheBackground(() -> calls.add("n"));
		CompletableFuture<Long> asynchronous = later.add("n");
		CompletableFuture<Long> idempotent = Wait.inTheBackground(() -> calls.setIdempotently("s"));
		Thread.sleep(150);
		connection.resetConnection();
		Throwable ex = failure(blocking);
		assertThat(ex).isInstanceOf(RedisConnectionFailureException.class);
		assertOutcomeUnknown(ex, "Calls.add");
		ex = failure(asynchronous);
		assertThat(ex).isInstanceOf(RedisConnectionFailureException.class);
		assertOutcomeUnknown(ex, "Later.add");
		this.redis.resume();
		assertThat(idempotent.get(5, TimeUnit.SECONDS)).as("sent again").isEqualTo(7);
		assertThat(calls.addWithin2s("m")).isEqualTo(1);
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "2s")
		long addWithin2s(@Key String key);

		@LuaScript(source = "redis.call('SET', KEYS[1], 7) return 7", idempotent = true)
		long setIdempotently(@Key String key);

	}

	interface Later {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		CompletableFuture<Long> add(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", idempotent = true)
		CompletableFuture<Long> addIdempotently(@Key String key);

	}

}
