package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Methods that do not wait for their replies.
 */
class AsynchronousTests {

	private static LocalRedis redis;

	private static Clients clients;

	private static Calls calls;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
		clients = new Clients(redis);
		calls = clients.create(Driver.LETTUCE, Calls.class);
	}

	@AfterAll
	static void stop() {
		clients.close();
		redis.close();
	}

	@BeforeEach
	void clean() {
		redis.execute("FLUSHALL");
		redis.execute("SCRIPT", "FLUSH");
		redis.execute("CONFIG", "RESETSTAT");
	}

	@Test
	void aFutureHasTheTypedResult() throws Exception {
		assertThat(calls.add("n", 3).get()).isEqualTo(3);
		assertThat(calls.addStage("n", 4).toCompletableFuture().get()).isEqualTo(7);
		assertThat(calls.map("n").get()).containsExactly(entry("value", 7));
		assertThat(calls.nothing("absent").get()).isNull();
		assertThat(calls.forget("n").get()).isNull();
		assertThat(Statistics.calls(redis, "script|load")).isEqualTo(4);
		assertThat(Statistics.calls(redis, "eval")).isZero();
	}

	@Test
	void whatGoesWrongIsInTheFuture() {
		assertThat(calls.add(null, 3)).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(IllegalArgumentException.class)
			.withMessageContaining("Nothing was sent");
		assertThat(calls.fail("n")).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(OutOfStock.class);
		assertThat(calls.wrong("n")).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LuaScriptReplyException.class);
	}

	@Test
	void aThousandCallsAfterAFlushCauseOneLoad() {
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			futures.add(calls.add("n", 1));
		}
		assertThat(futures).extracting(CompletableFuture::join).doesNotHaveDuplicates().hasSize(1000);
		assertThat(redis.execute("GET", "n")).isEqualTo("1000");
		assertThat(Statistics.calls(redis, "script|load")).isEqualTo(1);
	}

	@Test
	void flushesWhileCallsAreUnderWayLoseNone() {
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			futures.add(calls.add("n", 1));
			if (i % 50 == 0) {
				redis.execute("SCRIPT", "FLUSH");
			}
		}
		assertThat(futures).extracting(CompletableFuture::join).doesNotHaveDuplicates().hasSize(2000);
		assertThat(redis.execute("GET", "n")).isEqualTo("2000");
	}

	@Test
	void aMonoCallsOnEachSubscriptionAndNotBefore() {
		Mono<Long> mono = calls.addMono("n", 1);
		assertThat(redis.execute("EXISTS", "n")).isEqualTo(0L);
		assertThat(mono.block()).isEqualTo(1);
		assertThat(mono.block()).isEqualTo(2);
		assertThat(calls.getMono("absent").blockOptional()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> calls.addMono(null, 1).block())
			.withMessageContaining("Nothing was sent");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.failMono("n").block())
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("OUT_OF_STOCK"));
	}

	@Test
	void aFluxHasTheElementsOfAnArray() {
		assertThat(calls.numbers("n", 5).collectList().block()).containsExactly(1, 2, 3, 4, 5);
		assertThat(calls.numbers("n", 0).collectList().block()).isEmpty();
		assertThat(calls.nilFlux("n").collectList().block()).isEmpty();
		assertThatExceptionOfType(LuaScriptReplyException.class)
			.isThrownBy(() -> calls.holes("n").collectList().block())
			.withMessageContaining("expected element 2 of a Flux but got nil");
	}

	@Test
	void evenTheFirstCallOfAllDoesNotWait() {
		try (Clients others = new Clients(redis)) {
			Calls first = others.create(Driver.LETTUCE, Calls.class);
			CompletableFuture<Long> future;
			redis.pause();
			try {
				long start = System.nanoTime();
				future = first.add("n", 1);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			}
			finally {
				redis.resume();
			}
			assertThat(future.join()).isEqualTo(1);
		}
	}

	@Test
	void aMonoThatIsCancelledBeforeItIsSentIsNotSent() throws Exception {
		calls.add("n", 0).join();
		redis.pause();
		try {
			calls.addMono("n", 1).subscribe().dispose();
			CompletableFuture<Long> future = calls.add("n", 1);
			assertThat(future.cancel(true)).isTrue();
			assertThat(future).isCancelled();
		}
		finally {
			redis.resume();
		}
		assertThat(calls.add("m", 1).get()).as("the connection is in step").isEqualTo(1);
	}

	@Test
	void aCallThatIsCancelledWhileItConnectsIsNotSent() throws Exception {
		try (Clients others = new Clients(redis)) {
			Calls unconnected = others.create(Driver.LETTUCE, Calls.class);
			redis.pause();
			CompletableFuture<Long> future;
			try {
				future = unconnected.add("n", 1);
				assertThat(future.cancel(true)).isTrue();
				unconnected.addMono("n", 1).subscribe().dispose();
			}
			finally {
				redis.resume();
			}
			assertThat(unconnected.add("m", 1).get()).isEqualTo(1);
			assertThat(redis.execute("EXISTS", "n")).isEqualTo(0L);
		}
	}

	@Test
	void aTimeoutIsOneOfConnectingToo() {
		try (Clients others = new Clients(redis)) {
			Calls unconnected = others.create(Driver.LETTUCE, Calls.class);
			redis.pause();
			try {
				assertThat(unconnected.addWithin100ms("n", 1)).failsWithin(Duration.ofSeconds(1))
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(RedisConnectionFailureException.class)
					.withMessageContaining("Calls.addWithin100ms")
					.withMessageContaining("; nothing was sent, the script did not run");
			}
			finally {
				redis.resume();
			}
		}
	}

	@Test
	void whoeverIsCancelledWhileAScriptIsLoadedLetsOthersLoadIt() throws Exception {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		for (int i = 0; i < 1500; i++) {
			redis.execute("SCRIPT", "FLUSH");
			CompletableFuture<Long> future = calls.add("n", 1);
			long end = System.nanoTime() + random.nextInt(400_000);
			while (System.nanoTime() < end) {
				Thread.onSpinWait();
			}
			future.cancel(true);
			assertThat(calls.add("m", 1).get(10, TimeUnit.SECONDS)).isEqualTo(i + 1);
		}
	}

	@Test
	void anIdempotentCallWhoseHealingIsCutOffIsSentAgainAndKeepsNobodyWaiting() throws Exception {
		try (CuttableLine line = new CuttableLine(redis)) {
			RedisConnectionFactory connection = Driver.LETTUCE
				.connect(new RedisStandaloneConfiguration("127.0.0.1", line.getPort()), Duration.ofSeconds(5));
			try {
				Calls cut = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
				assertThat(cut.set("n", 1).get(5, TimeUnit.SECONDS)).isEqualTo(1);
				redis.execute("SCRIPT", "FLUSH");
				line.cutBefore("LOAD");
				assertThat(cut.set("n", 2).get(5, TimeUnit.SECONDS)).isEqualTo(2);
				assertThat(cut.set("n", 3).get(5, TimeUnit.SECONDS)).isEqualTo(3);
			}
			finally {
				Clients.destroy(connection);
			}
		}
	}

	@Test
	void anIdempotentCallWhoseAnswerIsLateIsSentAgainAndHasItsTimeAgain() throws Exception {
		assertThat(calls.setWithin2s("n", 1).get()).isEqualTo(1);
		redis.pause();
		CompletableFuture<Long> late;
		try {
			late = calls.setWithin2s("n", 2);
			Thread.sleep(2500);
			assertThat(late).isNotDone();
		}
		finally {
			redis.resume();
		}
		assertThat(late.get(5, TimeUnit.SECONDS)).isEqualTo(2);
	}

	@Test
	void aTimeoutEndsTheCall() {
		calls.addWithin100ms("n", 1).join();
		redis.pause();
		try {
			assertThat(calls.addWithin100ms("n", 1)).failsWithin(Duration.ofSeconds(2))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(QueryTimeoutException.class);
		}
		finally {
			redis.resume();
		}
		assertThat(calls.add("m", 1).join()).as("the connection is in step").isEqualTo(1);
	}

	@Test
	void noThreadWaits() {
		calls.add("n", 0).join();
		redis.pause();
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		try {
			long start = System.nanoTime();
			for (int i = 0; i < 500; i++) {
				futures.add(calls.add("n", 1));
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			assertThat(futures).noneMatch(CompletableFuture::isDone);
		}
		finally {
			redis.resume();
		}
		assertThat(futures).extracting(CompletableFuture::join).doesNotHaveDuplicates().hasSize(500);
	}

	@Test
	void onAClusterCallsHealAndFollowSlotsThatMove() {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			RedisConnectionFactory connection = Driver.LETTUCE.connect(cluster);
			try {
				Calls clustered = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
				List<CompletableFuture<Long>> futures = new ArrayList<>();
				for (int i = 0; i < 300; i++) {
					futures.add(clustered.add("n" + (i % 30), 1));
					if (i == 100) {
						LocalRedis from = cluster.masterOf("n0");
						LocalRedis to = cluster.getMasters()
							.stream()
							.filter((master) -> master != from)
							.findFirst()
							.orElseThrow();
						cluster.moveSlot(cluster.slotOf("n0"), from, to);
					}
				}
				assertThat(futures).extracting(CompletableFuture::join).allMatch((value) -> value <= 10);
				for (int i = 0; i < 30; i++) {
					assertThat(clustered.addMono("n" + i, 0).block()).isEqualTo(10);
				}
			}
			finally {
				Clients.destroy(connection);
			}
		}
	}

	interface Calls {

		String ADD = "return redis.call('INCRBY', KEYS[1], ARGV[1])";

		@LuaScript(source = ADD)
		CompletableFuture<Long> add(@Key String key, int amount);

		@LuaScript(source = ADD)
		CompletionStage<Long> addStage(@Key String key, int amount);

		@LuaScript(source = "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])", idempotent = true)
		CompletableFuture<Long> set(@Key String key, int value);

		@LuaScript(source = "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])", idempotent = true,
				timeout = "2s")
		CompletableFuture<Long> setWithin2s(@Key String key, int value);

		@LuaScript(source = ADD, timeout = "100ms")
		CompletableFuture<Long> addWithin100ms(@Key String key, int amount);

		@LuaScript(source = ADD)
		Mono<Long> addMono(@Key String key, int amount);

		@LuaScript(source = "return {'value', redis.call('GET', KEYS[1])}")
		CompletableFuture<Map<String, Integer>> map(@Key String key);

		@LuaScript(source = "return redis.call('GET', KEYS[1])")
		CompletableFuture<String> nothing(@Key String key);

		@LuaScript(source = "return redis.call('GET', KEYS[1])")
		Mono<String> getMono(@Key String key);

		@LuaScript(source = "return redis.call('DEL', KEYS[1])")
		CompletableFuture<Void> forget(@Key String key);

		@LuaScript(source = "return {err = 'OUT_OF_STOCK ' .. KEYS[1]}",
				errors = @LuaError(code = "OUT_OF_STOCK", exception = OutOfStock.class))
		CompletableFuture<Long> fail(@Key String key);

		@LuaScript(source = "return {err = 'OUT_OF_STOCK ' .. KEYS[1]}")
		Mono<Long> failMono(@Key String key);

		@LuaScript(source = "return redis.call('ECHO', 'text')")
		CompletableFuture<Long> wrong(@Key String key);

		@LuaScript(source = "local t = {} for i = 1, tonumber(ARGV[1]) do t[i] = i end return t")
		Flux<Integer> numbers(@Key String key, int count);

		@LuaScript(source = "return false")
		Flux<Integer> nilFlux(@Key String key);

		@LuaScript(source = "return {1, false, 3}")
		Flux<Integer> holes(@Key String key);

	}

	static class OutOfStock extends Exception {

		private static final long serialVersionUID = 1L;

		OutOfStock(String message) {
			super(message);
		}

	}

}
