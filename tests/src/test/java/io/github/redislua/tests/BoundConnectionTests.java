package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Calls join the connection that Spring Data Redis bound to the thread, and
 * {@code LuaScripts.pipelined} sends many at once.
 */
class BoundConnectionTests {

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
	void aSessionsCallsJoinIt(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		template(driver).execute(new Session<Void>((operations) -> {
			operations.watch("a");
			operations.opsForValue().set("b", "1");
			assertThat(calls.add("b", 4)).isEqualTo(5);
			redis.execute("SCRIPT", "FLUSH");
			assertThat(calls.add("b", 1)).isEqualTo(6);
			assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.fail("b"))
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("OUT_OF_STOCK"));
			operations.unwatch();
			return null;
		}));
		assertThat(calls.add("b", 1)).isEqualTo(7);
	}

	@ParameterizedTest
	@EnumSource
	void aPipelineRightAfterAFlushIsWhole(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		AtomicReference<Object> inside = new AtomicReference<>("unset");
		List<Object> results = template(driver).executePipelined(new Session<>((operations) -> {
			operations.opsForValue().set("a", "1");
			inside.set(calls.addLater("a", 2));
			calls.addLater("a", 3);
			calls.nothing("a");
			operations.opsForValue().get("a");
			return null;
		}));
		assertThat(inside.get()).isNull();
		assertThat(results).contains(3L, 6L).endsWith("6");
		assertThat(redis.execute("GET", "a")).isEqualTo("6");
	}

	@ParameterizedTest
	@EnumSource
	void aTransactionRightAfterAFlushIsWhole(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		List<Object> results = template(driver).execute(new Session<List<Object>>((operations) -> {
			operations.multi();
			operations.opsForValue().set("a", "1");
			assertThat(calls.addLater("a", 2)).isNull();
			assertThat(calls.list("a")).isNull();
			return operations.exec();
		}));
		assertThat(results).contains(3L);
		assertThat(redis.execute("GET", "a")).isEqualTo("3");
	}

	@ParameterizedTest
	@EnumSource
	void theTextOfAScriptGoesOutOnceInAPipeline(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		template(driver).execute(new Session<Void>((operations) -> {
			for (int pipeline = 1; pipeline <= 3; pipeline++) {
				redis.execute("SCRIPT", "FLUSH");
				redis.execute("CONFIG", "RESETSTAT");
				List<Object> results = pipelined(operations, () -> {
					for (int i = 0; i < 10; i++) {
						calls.addLater("a", 1);
						calls.list("a");
					}
				});
				assertThat(results).hasSize(20).doesNotHaveAnyElementsOfTypes(Exception.class);
				assertThat(calls("eval")).as("two scripts").isEqualTo(2);
				assertThat(calls("evalsha")).isEqualTo(18);
			}
			return null;
		}));
		assertThat(redis.execute("GET", "a")).isEqualTo("30");
	}

	@ParameterizedTest
	@EnumSource
	void aFlushInTheMiddleOfAPipelineIsHealedAndNoCallRunsTwice(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		List<Object> results = template(driver).executePipelined(new Session<>((operations) -> {
			calls.addLater("a", 1);
			calls.list("a");
			flushScripts(operations);
			calls.addLater("a", 2);
			calls.list("a");
			calls.addLater("a", 4);
			operations.opsForValue().set("b", "done");
			return null;
		}));
		assertThat(results).contains(1L, 3L, 7L).doesNotHaveAnyElementsOfTypes(Exception.class);
		assertThat(redis.execute("GET", "a")).isEqualTo("7");
		assertThat(redis.execute("GET", "b")).isEqualTo("done");
		assertThat(calls.add("a", 1)).as("the connection is in order").isEqualTo(8);
	}

	@ParameterizedTest
	@EnumSource
	void itIsHealedAfterTheErrorOfAnotherCallToo(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertThatException().isThrownBy(() -> template(driver).executePipelined(new Session<>((operations) -> {
			calls.fail("e");
			calls.addLater("a", 1);
			flushScripts(operations);
			calls.addLater("a", 2);
			calls.addLater("a", 4);
			return null;
		}))).withStackTraceContaining("OUT_OF_STOCK");
		assertThat(redis.execute("GET", "a")).isEqualTo("7");
	}

	@Test
	void itIsNotHealedInAnotherDatabase() {
		LettuceConnectionFactory connection = (LettuceConnectionFactory) Driver.LETTUCE.connect(redis);
		connection.setShareNativeConnection(false);
		try {
			Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
			assertThatException()
				.isThrownBy(() -> new StringRedisTemplate(connection).executePipelined(new Session<>((operations) -> {
					calls.addLater("a", 1);
					flushScripts(operations);
					calls.addLater("a", 2);
					operations.execute((RedisCallback<Object>) (redis) -> {
						redis.select(1);
						return null;
					});
					operations.opsForValue().set("other", "1");
					return null;
				})))
				.withStackTraceContaining("NOSCRIPT");
			assertThat(redis.execute("GET", "a")).isEqualTo("1");
			assertThat((String) redis.execute("INFO", "keyspace")).contains("db1:keys=1,");
		}
		finally {
			Clients.destroy(connection);
		}
	}

	@ParameterizedTest
	@EnumSource
	void flushesWhileALargePipelineRunsCostFewLoads(Driver driver) throws Exception {
		LuaRepositoryFactory factory = clients.factory(driver);
		Calls calls = factory.create(Calls.class);
		redis.execute("CONFIG", "RESETSTAT");
		Thread flushes = new Thread(() -> {
			for (int i = 0; i < 3; i++) {
				LockSupport.parkNanos(20_000_000);
				redis.execute("SCRIPT", "FLUSH");
			}
		});
		flushes.start();
		List<Object> results = factory.scripts().pipelined(() -> {
			for (int i = 0; i < 30_000; i++) {
				calls.addLater("a", 1);
			}
		});
		flushes.join();
		assertThat(results).doesNotHaveDuplicates().hasSize(30_000).hasOnlyElementsOfType(Long.class);
		assertThat(redis.execute("GET", "a")).isEqualTo("30000");
		assertThat(calls("script|load")).isLessThan(10);
	}

	@Test
	void suchAFlushIsHealedWhereLettuceWritesAllAtTheEnd() {
		LettuceConnectionFactory connection = (LettuceConnectionFactory) Driver.LETTUCE.connect(redis);
		try {
			connection.setPipeliningFlushPolicy(LettuceConnection.PipeliningFlushPolicy.flushOnClose());
			Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
			List<Object> results = new StringRedisTemplate(connection).executePipelined(new Session<>((operations) -> {
				for (int i = 0; i < 100; i++) {
					calls.addLater("a", 1);
					if (i % 7 == 0) {
						flushScripts(operations);
					}
				}
				return null;
			}));
			assertThat(results.stream().filter(Long.class::isInstance).distinct()).hasSize(100);
			assertThat(redis.execute("GET", "a")).isEqualTo("100");
		}
		finally {
			Clients.destroy(connection);
		}
	}

	@Test
	void healingKeepsOutOfTheCommandsOfAPipelineThatIsStillBeingSent() {
		LettuceConnectionFactory connection = (LettuceConnectionFactory) Driver.LETTUCE.connect(redis);
		try {
			connection.setPipeliningFlushPolicy(LettuceConnection.PipeliningFlushPolicy.buffered(5));
			Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
			List<String> order = new ArrayList<>();
			new StringRedisTemplate(connection).executePipelined(new Session<>((operations) -> {
				for (int i = 0; i < 5000; i++) {
					operations.opsForList().rightPush("order", String.valueOf(i));
					order.add(String.valueOf(i));
					if (i % 20 == 0) {
						calls.addLater("a", 1);
					}
					if (i % 60 == 0) {
						flushScripts(operations);
					}
				}
				return null;
			}));
			assertThat(new StringRedisTemplate(connection).opsForList().range("order", 0, -1)).isEqualTo(order);
			assertThat(redis.execute("GET", "a")).isEqualTo("250");
		}
		finally {
			Clients.destroy(connection);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void healingKeepsOutOfATransactionThatFollowsInTheSamePipeline(boolean exec) {
		Calls calls = clients.create(Driver.LETTUCE, Calls.class);
		List<Object> results = template(Driver.LETTUCE).executePipelined(new Session<>((operations) -> {
			calls.addLater("a", 1);
			flushScripts(operations);
			calls.addLater("a", 2);
			operations.multi();
			operations.opsForValue().set("b", "1");
			Awaitility.await().until(() -> redis.execute("INFO", "errorstats").toString().contains("NOSCRIPT"));
			operations.opsForValue().set("c", "1");
			if (exec) {
				operations.exec();
			}
			else {
				operations.discard();
			}
			return null;
		}));
		assertThat(results).contains(1L, 3L);
		assertThat(redis.execute("GET", "a")).isEqualTo("3");
		assertThat(redis.execute("EXISTS", "b", "c")).isEqualTo(exec ? 2L : 0L);
	}

	@Test
	void aPipelineThatFailedLeavesNothingBehindThatIsSentLater() {
		Calls calls = clients.create(Driver.LETTUCE, Calls.class);
		template(Driver.LETTUCE).execute(new Session<Void>((operations) -> {
			assertThatExceptionOfType(RedisPipelineException.class).isThrownBy(() -> pipelined(operations, () -> {
				calls.addLater("a", 1);
				operations.opsForList().rightPush("a", "not a list");
				flushScripts(operations);
				calls.addLater("a", 2);
			}));
			operations.multi();
			operations.opsForValue().set("b", "1");
			assertThat(operations.exec()).hasSize(1);
			return null;
		}));
		assertThat(redis.execute("GET", "a")).isIn("1", "3");
	}

	@ParameterizedTest
	@EnumSource
	void theTextGoesOutOnceMoreHoweverManyCallsMissIt(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		List<Object> results = template(driver).executePipelined(new Session<>((operations) -> {
			calls.addLater("a", 1);
			flushScripts(operations);
			for (int i = 0; i < 2000; i++) {
				calls.addLater("a", 1);
			}
			return null;
		}));
		assertThat(results).contains(2001L).doesNotHaveAnyElementsOfTypes(Exception.class);
		assertThat(redis.execute("GET", "a")).isEqualTo("2001");
		assertThat(calls("eval")).as("before and after the flush").isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void anErrorInsideTheReplyOfAScriptIsNoMissingScript(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		String text = "NOSCRIPT No matching script. Please use EVAL.";
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> calls.answer("direct", text));
		assertThat(redis.execute("GET", "direct")).isEqualTo("1");
		try {
			template(driver).executePipelined(new Session<>((operations) -> {
				calls.answer("pipeline", text);
				calls.answer("pipeline", text);
				return null;
			}));
		}
		catch (RedisPipelineException ex) {
			assertThat(driver).isEqualTo(Driver.LETTUCE);
		}
		assertThat(redis.execute("GET", "pipeline")).isEqualTo("2");
	}

	private static void flushScripts(RedisOperations<String, String> operations) {
		operations.execute((RedisCallback<Void>) (connection) -> {
			connection.scriptingCommands().scriptFlush();
			return null;
		});
	}

	@ParameterizedTest
	@EnumSource
	void theErrorOfAScriptThatIsHealedInAPipelineIsItsOwn(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		assertThatExceptionOfType(RedisPipelineException.class)
			.isThrownBy(() -> template(driver).executePipelined(new Session<>((operations) -> {
				calls.broken("a");
				flushScripts(operations);
				calls.broken("a");
				calls.mentions("a");
				calls.mentions("a");
				calls.addLater("a", 1);
				return null;
			})))
			.withStackTraceContaining("WRONGTYPE")
			// With Lettuce Spring Data Redis has no results if there is an error.
			.satisfies((ex) -> assertThat(ex.getPipelineResult())
				.filteredOn((result) -> String.valueOf(result).contains("NOSCRIPT No matching script, says"))
				.hasSize((driver == Driver.JEDIS) ? 2 : 0));
		assertThat(redis.execute("GET", "a")).as("neither ran twice").isEqualTo("3");
	}

	@ParameterizedTest
	@EnumSource
	void theTextOfAScriptGoesOutOnceInATransactionAndAgainInTheNext(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		template(driver).execute(new Session<Void>((operations) -> {
			for (int transaction = 1; transaction <= 3; transaction++) {
				redis.execute("SCRIPT", "FLUSH");
				redis.execute("CONFIG", "RESETSTAT");
				operations.multi();
				for (int i = 0; i < 5; i++) {
					calls.addLater("a", 1);
				}
				if (transaction == 2) {
					operations.discard();
					continue;
				}
				assertThat(operations.exec()).hasSize(5).allMatch((reply) -> reply instanceof Long);
				assertThat(calls("eval")).isEqualTo(1);
				assertThat(calls("evalsha")).isEqualTo(4);
			}
			return null;
		}));
		assertThat(redis.execute("GET", "a")).isEqualTo("10");
	}

	@ParameterizedTest
	@EnumSource
	void aTransactionOfSpringWithRepositoryCallsIsWhole(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		StringRedisTemplate template = template(driver);
		template.setEnableTransactionSupport(true);
		TransactionTemplate transaction = new TransactionTemplate(new NoTransactions());
		transaction.executeWithoutResult((status) -> {
			template.opsForValue().set("a", "1");
			assertThat(calls.addLater("a", 2)).isNull();
			assertThat(calls.addLater("a", 3)).isNull();
			assertThat(redis.execute("EXISTS", "a")).as("queued").isEqualTo(0L);
		});
		assertThat(redis.execute("GET", "a")).isEqualTo("6");
		transaction.executeWithoutResult((status) -> {
			template.opsForValue().set("a", "9");
			calls.addLater("a", 2);
			status.setRollbackOnly();
		});
		assertThat(redis.execute("GET", "a")).isEqualTo("6");
		assertThat(calls.add("a", 1)).isEqualTo(7);
	}

	@Test
	void aMethodThatDoesNotWaitTakesNoPartInATransaction() {
		Later later = clients.create(Driver.LETTUCE, Later.class);
		template(Driver.LETTUCE).execute(new Session<Void>((operations) -> {
			operations.multi();
			assertThat(later.add("a", 1)).failsWithin(Duration.ofSeconds(1))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(InvalidDataAccessApiUsageException.class)
				.withMessageContaining("Later.add(String, int) does not wait for its reply")
				.withMessageContaining("Nothing was sent");
			operations.discard();
			return null;
		}));
		assertThat(redis.execute("EXISTS", "a")).isEqualTo(0L);
	}

	@Test
	void futuresOfAPipelineCompleteWhenItHasBeenSent() {
		LuaRepositoryFactory factory = clients.factory(Driver.LETTUCE);
		Later later = factory.create(Later.class);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		List<Object> results = factory.scripts().pipelined(() -> {
			futures.add(later.add("a", 1));
			futures.add(later.add("a", 2));
			assertThat(futures).noneMatch(CompletableFuture::isDone);
		});
		assertThat(results).containsExactly(1L, 3L);
		assertThat(futures).extracting(CompletableFuture::join).containsExactly(1L, 3L);
	}

	@SuppressWarnings("unchecked")
	private static List<Object> pipelined(RedisOperations<String, String> operations, Runnable calls) {
		return (List<Object>) operations.executePipelined(new Session<Void>((same) -> {
			calls.run();
			return null;
		}));
	}

	private static long calls(String command) {
		return Statistics.calls(redis, command);
	}

	@ParameterizedTest
	@EnumSource
	void aPrimitiveThrowsBeforeAnythingIsSent(Driver driver) {
		Calls calls = clients.create(driver, Calls.class);
		template(driver).execute(new Session<Void>((operations) -> {
			operations.multi();
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> calls.add("a", 2))
				.withMessageContaining("Calls.add(String, int) returns a primitive")
				.withMessageContaining("inside a transaction (MULTI)")
				.withMessageContaining("Nothing was sent");
			operations.discard();
			return null;
		}));
		assertThat(redis.execute("EXISTS", "a")).isEqualTo(0L);
		assertThat(calls.add("a", 2)).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void pipelinedCallsReturnTypedResultsInOrder(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		Calls calls = factory.create(Calls.class);
		List<Object> results = factory.scripts().pipelined(() -> {
			assertThat(calls.add("a", 1)).isZero();
			assertThat(calls.list("a")).isNull();
			calls.fail("a");
			calls.nothing("a");
			calls.wrong("a");
			assertThat(calls.add("a", 41)).isZero();
		});
		assertThat(results).hasSize(6);
		assertThat(results.get(0)).isEqualTo(1L);
		assertThat(results.get(1)).isEqualTo(List.of("a", "1"));
		assertThat(results.get(2)).isInstanceOf(LuaScriptExecutionException.class);
		assertThat(results.get(3)).isNull();
		assertThat(results.get(4)).isInstanceOf(io.github.redislua.LuaScriptReplyException.class);
		assertThat(results.get(5)).isEqualTo(42L);
		assertThat(redis.execute("GET", "a")).isEqualTo("42");
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsSentIfTheRunnableThrows(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		Calls calls = factory.create(Calls.class);
		assertThatIllegalStateException().isThrownBy(() -> factory.scripts().pipelined(() -> {
			calls.add("a", 1);
			throw new IllegalStateException("no");
		})).withMessage("no");
		assertThat(redis.execute("EXISTS", "a")).isEqualTo(0L);
		assertThat(calls.add("a", 1)).isEqualTo(1);
	}

	private static StringRedisTemplate template(Driver driver) {
		return new StringRedisTemplate(clients.connection(driver));
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		long add(@Key String key, int amount);

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		Long addLater(@Key String key, int amount);

		@LuaScript(source = "return {KEYS[1], redis.call('GET', KEYS[1])}")
		List<String> list(@Key String key);

		@LuaScript(source = "return {err = 'OUT_OF_STOCK ' .. KEYS[1]}")
		Long fail(@Key String key);

		@LuaScript(source = "redis.call('LPUSH', KEYS[1] .. ':list', '1') return redis.call('GET', KEYS[1] .. ':list')")
		Long broken(@Key String key);

		@LuaScript(source = """
				redis.call('INCR', KEYS[1])
				return {err = 'NOSCRIPT No matching script, says the script'}""")
		Long mentions(@Key String key);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {1, {err = ARGV[1]}}")
		List<String> answer(@Key String key, String error);

		@LuaScript(source = "return redis.call('ECHO', 'text')")
		Long wrong(@Key String key);

		@LuaScript(source = "return redis.call('EXISTS', KEYS[1])")
		void nothing(@Key String key);

	}

	interface Later {

		@LuaScript(source = "return redis.call('INCRBY', KEYS[1], ARGV[1])")
		CompletableFuture<Long> add(@Key String key, int amount);

	}

	/**
	 * Transactions without a database: Spring Data Redis joins them.
	 */
	private static final class NoTransactions extends AbstractPlatformTransactionManager {

		NoTransactions() {
			setTransactionSynchronization(SYNCHRONIZATION_ALWAYS);
		}

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
