package io.github.redislua.tests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;
import reactor.core.publisher.Mono;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A master becomes a replica while the connections to it stay open, and its address leads
 * to the new master. Writes come back, and none runs twice.
 */
class DemotionTests {

	private static final String SERVERS_WORDS = "READONLY You can't write against a read only replica.";

	private static LocalRedis one;

	private static LocalRedis other;

	private LocalRedis first;

	private LocalRedis second;

	private CuttableLine line;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	@BeforeAll
	static void startServers() {
		one = LocalRedis.start("--repl-diskless-sync-delay", "0");
		other = LocalRedis.start("--repl-diskless-sync-delay", "0", "--replicaof", one.getHost() + " " + one.getPort());
	}

	@AfterAll
	static void stopServers() {
		other.close();
		one.close();
	}

	@BeforeEach
	void start() {
		// Each test has them swap their roles.
		boolean swapped = replication(one).contains("role:slave");
		this.first = swapped ? other : one;
		this.second = swapped ? one : other;
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> replication(this.second).contains("master_link_status:up")
					&& replication(this.first).contains("state=online"));
		this.first.execute("FLUSHALL");
		this.line = new CuttableLine(this.first);
	}

	@AfterEach
	void stop() {
		this.connections.forEach(Clients::destroy);
		this.line.close();
	}

	private RedisConnectionFactory connect(Driver driver) {
		RedisConnectionFactory connection = driver
			.connect(new RedisStandaloneConfiguration("127.0.0.1", this.line.getPort()), Duration.ofSeconds(5));
		this.connections.add(connection);
		return connection;
	}

	private LuaRepositoryFactory factory(Driver driver) {
		return LuaRepositoryFactory.builder(connect(driver)).build();
	}

	// Nothing that was written is lost: both servers wait for each other.
	private void swapRoles() {
		this.first.execute("FAILOVER", "TO", this.second.getHost(), String.valueOf(this.second.getPort()));
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> replication(this.first).contains("role:slave")
					&& replication(this.second).contains("role:master"));
	}

	private void failOver() {
		swapRoles();
		this.line.leadTo(this.second);
	}

	private static String replication(LocalRedis server) {
		return String.valueOf(server.execute("INFO", "replication"));
	}

	@ParameterizedTest
	@EnumSource
	void aWriteIsSentAgainToTheNewMaster(Driver driver) {
		Calls calls = factory(driver).create(Calls.class);
		assertThat(calls.add("n", 1)).isEqualTo(1);
		failOver();
		assertThat(calls.add("n", 1)).isEqualTo(2);
		assertThat(calls.addWithFlags("n", 1)).isEqualTo(3);
		assertThat(calls.read("n")).isEqualTo(3);
		assertThat(this.second.execute("GET", "n")).isEqualTo("3");
	}

	@ParameterizedTest
	@EnumSource
	void soIsAScriptThatIsRefusedAsAWhole(Driver driver) {
		Calls calls = factory(driver).create(Calls.class);
		assertThat(calls.addWithFlags("n", 1)).isEqualTo(1);
		failOver();
		assertThat(calls.addWithFlags("n", 1)).isEqualTo(2);
	}

	@Test
	void anAsynchronousWriteIsSentAgainToo() {
		Later later = factory(Driver.LETTUCE).create(Later.class);
		assertThat(later.add("n", 1).join()).isEqualTo(1);
		failOver();
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			futures.add(later.add("n", 1));
		}
		assertThat(futures).extracting(CompletableFuture::join).doesNotHaveDuplicates().hasSize(100);
		assertThat(this.second.execute("GET", "n")).isEqualTo("101");
	}

	@Test
	void soIsThatOfAMono() {
		Later later = factory(Driver.LETTUCE).create(Later.class);
		assertThat(later.addMono("n", 1).block()).isEqualTo(1);
		failOver();
		assertThat(later.addMono("n", 1).block(Duration.ofSeconds(5))).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void soAreWritesInPipelined(Driver driver) {
		LuaRepositoryFactory factory = factory(driver);
		Calls calls = factory.create(Calls.class);
		assertThat(calls.add("n", 1)).isEqualTo(1);
		failOver();
		List<Object> results = factory.scripts().pipelined(() -> {
			for (int i = 0; i < 20; i++) {
				calls.add("n", 1);
			}
			calls.read("n");
		});
		assertThat(results).hasSize(21).hasOnlyElementsOfType(Long.class);
		assertThat(results.subList(0, 20)).doesNotHaveDuplicates();
		assertThat(this.second.execute("GET", "n")).isEqualTo("21");
	}

	@ParameterizedTest
	@EnumSource
	void aPipelineOfSpringDataRedisReachesTheNewMasterBeforeLong(Driver driver) {
		RedisConnectionFactory connection = connect(driver);
		Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
		StringRedisTemplate template = new StringRedisTemplate(connection);
		assertThat(calls.add("n", 1)).isEqualTo(1);
		failOver();
		AtomicInteger tries = new AtomicInteger();
		Awaitility.await()
			.atMost(Duration.ofSeconds(2))
			.ignoreExceptionsInstanceOf(DataAccessException.class)
			.untilAsserted(() -> {
				tries.incrementAndGet();
				List<Object> results = template.executePipelined(new Session<Void>((operations) -> {
					calls.addLater("n", 1);
					calls.addLater("n", 1);
					return null;
				}));
				assertThat(results).hasOnlyElementsOfType(Long.class).hasSize(2);
			});
		assertThat(this.second.execute("GET", "n")).as("after " + tries + " tries").isEqualTo("3");
	}

	@ParameterizedTest
	@EnumSource
	void underLoadWritesComeBackWithinSecondsAndNoneRunsTwice(Driver driver) throws Exception {
		Ledger.Counter counter = factory(driver).create(Ledger.Counter.class);
		counter.count("warm", "up");
		Ledger ledger = new Ledger();
		AtomicLong reachable = new AtomicLong();
		AtomicLong lastFailure = new AtomicLong();
		AtomicInteger connectionsBefore = new AtomicInteger();
		ledger.run(8, Duration.ofSeconds(4), (key, id) -> {
			try {
				return counter.count(key, id);
			}
			catch (RuntimeException ex) {
				lastFailure.accumulateAndGet(System.nanoTime(), Math::max);
				throw ex;
			}
		}, (deadline) -> {
			Thread.sleep(200);
			connectionsBefore.set(this.line.accepted());
			failOver();
			reachable.set(System.nanoTime());
			Thread.sleep(2500);
		});
		Duration failing = (lastFailure.get() > reachable.get()) ? Duration.ofNanos(lastFailure.get() - reachable.get())
				: Duration.ZERO;
		int connected = this.line.accepted() - connectionsBefore.get();
		Ledger.Sums sums = ledger.settle((key) -> entries(this.second, key));
		String told = driver + ": writes fail for " + failing.toMillis() + " ms, " + connected + " new connections, "
				+ sums;
		System.out.println("[demotion] " + told);
		assertThat(failing).as(told).isLessThan(Duration.ofSeconds(2));
		assertThat(sums.ranThoughFailed()).as(told).isZero();
		assertThat(sums.answered()).as(told).isPositive();
		// The roles change before the address does: some connect twice.
		assertThat(connected).as(told).isBetween(1, (driver == Driver.LETTUCE) ? 2 : 2 * 16);
	}

	@ParameterizedTest
	@EnumSource
	void aReplicaThatStaysOneIsUnavailableAndConnectedToOnceASecondAtMost(Driver driver) throws Exception {
		Calls calls = factory(driver).create(Calls.class);
		calls.add("n", 1);
		swapRoles();
		assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> calls.add("n", 1))
			.withMessageContaining("Calls.add(String, int)")
			.withMessageContaining("READONLY")
			.withMessageContaining("127.0.0.1:" + this.line.getPort())
			.satisfies((ex) -> Unavailable.assertThatIsOne(ex, "Calls.add", "READONLY"));
		int before = this.line.accepted();
		AtomicLong refused = new AtomicLong();
		AtomicLong others = new AtomicLong();
		long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
		List<CompletableFuture<Void>> callers = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			callers.add(Wait.inTheBackground(() -> {
				while (System.nanoTime() < end) {
					try {
						calls.add("n", 1);
					}
					catch (TransientDataAccessResourceException ex) {
						refused.incrementAndGet();
					}
					catch (RuntimeException ex) {
						others.incrementAndGet();
					}
					Thread.sleep(5);
				}
				return null;
			}));
		}
		callers.forEach(CompletableFuture::join);
		int connected = this.line.accepted() - before;
		assertThat(others).as("other errors, beside " + refused + " refusals").hasValue(0);
		// A pool is filled again with as many connections as there are callers.
		assertThat(connected).as("new connections in 2 s, " + refused + " refusals")
			.isLessThanOrEqualTo((driver == Driver.LETTUCE) ? 3 : 3 * 8);
		assertThat(this.first.execute("GET", "n")).isEqualTo("1");
		assertThat(calls.read("n")).as("reads go on").isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void aScriptThatReturnsSuchAnErrorItselfRunsOnce(Driver driver) {
		LuaRepositoryFactory factory = factory(driver);
		Calls calls = factory.create(Calls.class);
		List<String> texts = List.of("READONLY", "READONLY The shop is closed", SERVERS_WORDS,
				SERVERS_WORDS + " script: 0123456789012345678901234567890123456789, on @user_script:1.");
		int before = this.line.accepted();
		for (int i = 0; i < texts.size(); i++) {
			String text = texts.get(i);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.answer("n", text))
				.satisfies((ex) -> assertThat((Object) ex).extracting("code").isEqualTo("READONLY"));
			assertThat(this.first.execute("GET", "n")).as("runs after '%s'", text).isEqualTo(String.valueOf(i + 1));
		}
		// In the server's very words, which tell nothing of the type.
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> calls.mention("m"))
			.satisfies((ex) -> assertThat((Object) ex).extracting("code").isEqualTo("READONLY"));
		assertThat(this.first.execute("GET", "m")).isEqualTo("1");
		List<Object> results = factory.scripts().pipelined(() -> texts.forEach((text) -> calls.answer("o", text)));
		assertThat(results).hasSize(texts.size()).hasOnlyElementsOfType(Exception.class);
		assertThat(this.first.execute("GET", "o")).isEqualTo(String.valueOf(texts.size()));
		assertThat(this.line.accepted() - before).as("new connections").isLessThanOrEqualTo(2);
	}

	@Test
	void anAsynchronousScriptThatReturnsSuchAnErrorItselfRunsOnce() {
		Later later = factory(Driver.LETTUCE).create(Later.class);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> later.answer("n", SERVERS_WORDS).join());
		assertThat(this.first.execute("GET", "n")).isEqualTo("1");
	}

	private static Map<String, String> entries(LocalRedis server, String key) {
		Map<String, String> entries = new HashMap<>();
		List<?> reply = (List<?>) server.execute("HGETALL", key);
		for (int i = 0; i < reply.size(); i += 2) {
			entries.put(String.valueOf(reply.get(i)), String.valueOf(reply.get(i + 1)));
		}
		return entries;
	}

	interface Calls {

		String ADD = "return redis.call('INCRBY', KEYS[1], ARGV[1])";

		@LuaScript(source = ADD)
		long add(@Key String key, int amount);

		@LuaScript(source = ADD)
		Long addLater(@Key String key, int amount);

		@LuaScript(source = "#!lua\n" + ADD)
		long addWithFlags(@Key String key, int amount);

		@LuaScript(source = "return redis.call('GET', KEYS[1])", readOnly = true)
		long read(@Key String key);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}")
		Long answer(@Key String key, String error);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = \"" + SERVERS_WORDS + "\"}")
		Long mention(@Key String key);

	}

	interface Later {

		@LuaScript(source = Calls.ADD)
		CompletableFuture<Long> add(@Key String key, int amount);

		@LuaScript(source = Calls.ADD)
		Mono<Long> addMono(@Key String key, int amount);

		@LuaScript(source = "redis.call('INCR', KEYS[1]) return {err = ARGV[1]}")
		CompletableFuture<Long> answer(@Key String key, String error);

	}

}
