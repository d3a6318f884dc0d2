package io.github.redislua.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A script that the server does not know is loaded, once, and no call is lost or run
 * twice.
 */
class HealingTests {

	private static LocalRedis redis;

	private static Clients clients;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
		clients = new Clients(redis);
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

	@ParameterizedTest
	@EnumSource
	void theFirstCallLoads(Driver driver) {
		Counters counters = clients.create(driver, Counters.class);
		assertThat(counters.add("n", 3)).isEqualTo(3);
		assertThat(counters.add("n", 4)).isEqualTo(7);
		assertThat(calls("script|load")).isEqualTo(1);
		assertThat(calls("eval")).isZero();
		assertThat(calls("evalsha")).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void aScriptsOwnErrorThatContainsNoscriptRunsOnce(Driver driver) {
		Counters counters = clients.create(driver, Counters.class);
		for (int form = 1; form <= 5; form++) {
			int which = form;
			assertThatExceptionOfType(LuaScriptExecutionException.class)
				.isThrownBy(() -> counters.ownNoscript("runs", which))
				.withMessageContaining("NOSCRIPT");
			assertThat(redis.execute("GET", "runs")).isEqualTo(String.valueOf(form));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHundredThreadsAfterAFlushCauseOneLoad(Driver driver) throws Exception {
		Counters counters = clients.create(driver, Counters.class);
		counters.add("n", 0);
		for (int round = 1; round <= 5; round++) {
			redis.execute("SCRIPT", "FLUSH");
			redis.execute("CONFIG", "RESETSTAT");
			CountDownLatch go = new CountDownLatch(1);
			List<Long> answers = inParallel(100, () -> {
				go.await();
				return counters.add("n", 1);
			}, go);
			assertThat(answers).doesNotHaveDuplicates().hasSize(100);
			assertThat(redis.execute("GET", "n")).isEqualTo(String.valueOf(round * 100));
			assertThat(calls("script|load")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void flushesWhileCallsRunLoseNoCall(Driver driver) throws Exception {
		Counters counters = clients.create(driver, Counters.class);
		AtomicBoolean stop = new AtomicBoolean();
		AtomicInteger flushes = new AtomicInteger();
		Thread flusher = new Thread(() -> {
			while (!stop.get()) {
				redis.execute("SCRIPT", "FLUSH");
				flushes.incrementAndGet();
			}
		});
		int threads = 8;
		int callsEach = 500;
		flusher.start();
		List<Long> answers;
		try {
			List<List<Long>> all = inParallel(threads, () -> {
				List<Long> mine = new ArrayList<>();
				for (int i = 0; i < callsEach; i++) {
					mine.add(counters.add("n", 1));
				}
				return mine;
			}, new CountDownLatch(0));
			answers = all.stream().flatMap(List::stream).toList();
		}
		finally {
			stop.set(true);
			flusher.join();
		}
		assertThat(flushes.get()).isGreaterThan(100);
		assertThat(answers).hasSize(threads * callsEach).doesNotHaveDuplicates();
		assertThat(redis.execute("GET", "n")).isEqualTo(String.valueOf(threads * callsEach));
	}

	@ParameterizedTest
	@EnumSource
	void aServerThatWasStartedAgainHasAllScriptsAfterTheFirstCall(Driver driver) {
		try (LocalRedis other = LocalRedis.start(); Clients others = new Clients(other)) {
			LuaRepositoryFactory factory = others.factory(driver);
			Pair counters = factory.create(Pair.class);
			factory.scripts().preload();
			other.kill();
			other.restart();
			Awaitility.await()
				.ignoreExceptionsInstanceOf(DataAccessException.class)
				.untilAsserted(() -> assertThat(counters.add("n", 1)).isPositive());
			String digest = factory.scripts().definition("Pair.read").sha1();
			Awaitility.await()
				.untilAsserted(() -> assertThat(other.execute("SCRIPT", "EXISTS", digest)).isEqualTo(List.of(1L)));
			assertThat(Statistics.calls(other, "evalsha_ro")).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aUserWhoMayNotLoadScriptsSendsThem(Driver driver) {
		try (LocalRedis restricted = LocalRedis.start()) {
			restricted.execute("ACL", "SETUSER", "app", "on", ">secret", "~*", "+@all", "-script");
			try (Clients other = new Clients(restricted)) {
				Counters counters = other.create(driver, "app", "secret", Counters.class);
				assertThat(counters.add("n", 1)).isEqualTo(1);
				restricted.execute("SCRIPT", "FLUSH");
				assertThat(counters.add("n", 1)).isEqualTo(2);
				restricted.execute("SCRIPT", "FLUSH");
				assertThat(counters.add("n", 1)).isEqualTo(3);
				assertThat(Statistics.calls(restricted, "eval")).isEqualTo(3);
				assertThat(Statistics.rejected(restricted, "script|load")).as("remembered").isEqualTo(1);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void readOnlyScriptsRunWithTheReadOnlyCommand(Driver driver) {
		Counters counters = clients.create(driver, Counters.class);
		redis.execute("SET", "n", "5");
		assertThat(counters.read("n")).isEqualTo(5);
		assertThat(counters.readByFlag("n")).isEqualTo(5);
		assertThat(calls("evalsha")).isZero();
		assertThat(calls("evalsha_ro")).isEqualTo(4);
		Mistakes mistakes = clients.createUnchecked(driver, Mistakes.class);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> mistakes.writeAllTheSame("n"))
			.withMessageContaining("Write commands are not allowed from read-only scripts");
		assertThat(redis.execute("GET", "n")).isEqualTo("5");
	}

	@ParameterizedTest
	@EnumSource
	void aServerWithoutTheReadOnlyCommandIsRemembered(Driver driver) {
		try (LocalRedis old = LocalRedis.start("--rename-command", "EVALSHA_RO", "\"\"");
				Clients other = new Clients(old)) {
			old.execute("SET", "n", "5");
			Counters counters = other.create(driver, Counters.class);
			assertThat(counters.read("n")).isEqualTo(5);
			assertThat(counters.read("n")).isEqualTo(5);
			old.execute("SCRIPT", "FLUSH");
			assertThat(counters.read("n")).isEqualTo(5);
			assertThat(Statistics.calls(old, "evalsha")).isEqualTo(5);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aScriptThatDoesNotCompileIsTheCallersError(Driver driver) {
		Mistakes mistakes = clients.createUnchecked(driver, Mistakes.class);
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(mistakes::broken)
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo("Mistakes.broken:2"))
			.withMessage("Script 'Mistakes.broken' failed at Mistakes.broken:2 in "
					+ "io.github.redislua.tests.HealingTests.Mistakes.broken(): "
					+ "ERR Error compiling script (new function): '=' expected near 'y'");
	}

	private static <T> List<T> inParallel(int threads, Callable<T> task, CountDownLatch go) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(executor.submit(task));
			}
			go.countDown();
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get(60, TimeUnit.SECONDS));
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static long calls(String command) {
		return Statistics.calls(redis, command);
	}

	interface Pair {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

		@LuaScript(source = "return redis.call('GET', KEYS[1])", readOnly = true)
		Long read(@Key String key);

	}

	interface Counters {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

		@LuaScript(source = """
				redis.call('INCR', KEYS[1])
				local form = tonumber(ARGV[1])
				if form == 1 then return redis.error_reply('NOSCRIPT of my own') end
				if form == 2 then return {err = 'NOSCRIPT'} end
				if form == 3 then error({err = 'NOSCRIPT raised'}) end
				if form == 4 then return {err = 'NOSCRIPT No matching script. Please use EVAL.'} end
				return {1, {err = 'NOSCRIPT No matching script. Please use EVAL.'}}
				""")
		Object ownNoscript(@Key String key, int form);

		@LuaScript(source = "return redis.call('GET', KEYS[1])", readOnly = true)
		long read(@Key String key);

		@LuaScript(source = "#!lua flags=no-writes\nreturn redis.call('GET', KEYS[1])")
		long readByFlag(@Key String key);

	}

	interface Mistakes {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", readOnly = true)
		long writeAllTheSame(@Key String key);

		@LuaScript(source = "local x = 1\nx y")
		void broken();

	}

}
