package io.github.redislua.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.JedisPoolConfig;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A cluster whose nodes are frozen or gone.
 */
class ClusterOutageTests {

	private static LocalRedisCluster cluster;

	private final List<RedisConnectionFactory> connections = new ArrayList<>();

	@BeforeAll
	static void startCluster() {
		cluster = LocalRedisCluster.start(3, 0);
		for (Driver driver : Driver.values()) {
			// Loading the drivers' classes takes longer than the timeouts here.
			RedisConnectionFactory connection = driver.connect(cluster);
			LuaRepositoryFactory.builder(connection).build().create(Calls.class).add("warm");
			Clients.destroy(connection);
		}
	}

	@AfterAll
	static void stopCluster() {
		cluster.close();
	}

	@BeforeEach
	void clean() {
		cluster.awaitReady(Duration.ofSeconds(10));
		cluster.getMasters().forEach((master) -> master.execute("FLUSHALL"));
	}

	@AfterEach
	void stop() {
		resume();
		this.connections.forEach(Clients::destroy);
	}

	private static void pause() {
		cluster.getNodes().forEach(LocalRedis::pause);
	}

	private static void resume() {
		cluster.getNodes().forEach(LocalRedis::resume);
	}

	private <T> T create(RedisConnectionFactory connection, Class<T> repository) {
		this.connections.add(connection);
		return LuaRepositoryFactory.builder(connection).build().create(repository);
	}

	private void assertNothingRan(LocalRedis owner, String key) throws InterruptedException {
		Thread.sleep(300);
		assertThat(owner.execute("EXISTS", key)).as("nothing ran, then or later").isEqualTo(0L);
	}

	@ParameterizedTest
	@EnumSource
	void frozenNodesCostTheTimeoutBeforeTheFirstConnection(Driver driver) throws Exception {
		LocalRedis owner = cluster.masterOf("n");
		Calls calls = create(driver.connect(cluster), Calls.class);
		pause();
		long start = System.nanoTime();
		CompletableFuture<Long> call = Wait.inTheBackground(() -> calls.addWithin100ms("n"));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(4, TimeUnit.SECONDS))
			.withCauseInstanceOf(DataAccessException.class)
			.satisfies((ex) -> OneDeadlineTests.assertSaysThatNothingRan(ex.getCause()));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		resume();
		assertNothingRan(owner, "n");
	}

	@ParameterizedTest
	@EnumSource
	void aFrozenNodeCostsTheTimeoutBeforeTheFirstConnectionToIt(Driver driver) throws Exception {
		String other = otherKey(cluster, "n");
		LocalRedis owner = cluster.masterOf("n");
		Calls calls = create(driver.connect(cluster), Calls.class);
		assertThat(calls.add(other)).isEqualTo(1);
		owner.pause();
		long start = System.nanoTime();
		CompletableFuture<Long> call = Wait.inTheBackground(() -> calls.addWithin100ms("n"));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(4, TimeUnit.SECONDS))
			.withCauseInstanceOf(DataAccessException.class)
			.satisfies((ex) -> OneDeadlineTests.assertSaysThatNothingRan(ex.getCause()));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		owner.resume();
		assertNothingRan(owner, "n");
	}

	@Test
	void aPoolOfANodeWithoutAFreeConnectionCostsTheTimeout() throws Exception {
		JedisPoolConfig pool = new JedisPoolConfig();
		pool.setMaxTotal(1);
		JedisConnectionFactory connection = new JedisConnectionFactory(Driver.servers(cluster),
				JedisClientConfiguration.builder()
					.readTimeout(Duration.ofSeconds(10))
					.usePooling()
					.poolConfig(pool)
					.build());
		connection.afterPropertiesSet();
		connection.start();
		Calls calls = create(connection, Calls.class);
		calls.add("m{n}");
		LocalRedis owner = cluster.masterOf("n");
		owner.pause();
		CompletableFuture<Long> holder = Wait.inTheBackground(() -> calls.add("m{n}"));
		Thread.sleep(100);
		long start = System.nanoTime();
		CompletableFuture<Long> call = Wait.inTheBackground(() -> calls.addWithin100ms("n"));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(4, TimeUnit.SECONDS))
			.withCauseInstanceOf(DataAccessException.class);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(800));
		owner.resume();
		assertThat(holder.get(5, TimeUnit.SECONDS)).isEqualTo(2);
		assertNothingRan(owner, "n");
	}

	@Test
	void evenTheFirstAsynchronousCallDoesNotWait() throws Exception {
		Later later = create(Driver.LETTUCE.connect(Driver.servers(cluster), Duration.ofSeconds(2)), Later.class);
		pause();
		CompletableFuture<CompletableFuture<Long>> caller = Wait.inTheBackground(() -> later.addWithin500ms("n"));
		CompletableFuture<Long> future = caller.get(1, TimeUnit.SECONDS);
		assertThat(future).failsWithin(Duration.ofSeconds(2))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(DataAccessException.class);
		resume();
		assertThat(later.add("n").get(5, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void theTopologyIsReadAgainAfterTheFactoryWasStoppedAndStarted(Driver driver) throws Exception {
		Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
		Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> uncaught.add(ex));
		try (LocalRedisCluster own = LocalRedisCluster.start(3, 0)) {
			own.getMasters()
				.forEach((master) -> master.execute("CONFIG", "SET", "cluster-require-full-coverage", "no"));
			RedisConnectionFactory connection = (driver == Driver.LETTUCE)
					? Driver.lettuce(Driver.servers(own), Duration.ofSeconds(2),
							(client) -> client.shutdownTimeout(Duration.ZERO))
					: driver.connect(Driver.servers(own), Duration.ofSeconds(2));
			Calls calls = create(connection, Calls.class);
			String dead = "n";
			String key = otherKey(own, dead);
			assertThat(calls.add(key)).isEqualTo(1);
			assertThat(calls.add(dead)).isEqualTo(1);
			LocalRedis from = own.masterOf(key);
			LocalRedis killed = own.masterOf(dead);
			LocalRedis to = own.getMasters()
				.stream()
				.filter((master) -> master.getPort() != from.getPort() && master.getPort() != killed.getPort())
				.findFirst()
				.orElseThrow();
			killed.kill();
			AtomicBoolean stop = new AtomicBoolean();
			List<CompletableFuture<Void>> callers = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				callers.add(Wait.inTheBackground(() -> {
					while (!stop.get()) {
						assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> calls.addWithin100ms(dead));
					}
					return null;
				}));
			}
			for (int i = 0; i < 5; i++) {
				Thread.sleep(120);
				((SmartLifecycle) connection).stop();
				Thread.sleep(30);
				((SmartLifecycle) connection).start();
			}
			stop.set(true);
			callers.forEach(CompletableFuture::join);
			long counted = calls.add(key);
			own.moveSlot(own.slotOf(key), from, to);
			assertThat(calls.add(key)).isEqualTo(counted + 1);
			Awaitility.await("until nobody asks the old owner").atMost(Duration.ofSeconds(2)).untilAsserted(() -> {
				from.execute("CONFIG", "RESETSTAT");
				calls.add(key);
				assertThat(String.valueOf(from.execute("INFO", "errorstats"))).doesNotContain("MOVED");
			});
			assertThat(uncaught).as("nobody caught").isEmpty();
		}
		finally {
			Thread.setDefaultUncaughtExceptionHandler(before);
		}
	}

	@Test
	void asynchronousCallsEndWhenTheFactoryIsStopped() throws Exception {
		RedisConnectionFactory connection = Driver.LETTUCE.connect(Driver.servers(cluster), Duration.ofSeconds(5));
		Later later = create(connection, Later.class);
		later.add("n").join();
		pause();
		List<CompletableFuture<Long>> futures = List.of(later.add("n"), later.add("n"), later.add("o"));
		Thread.sleep(100);
		((SmartLifecycle) connection).stop();
		for (CompletableFuture<Long> future : futures) {
			assertThat(future).failsWithin(Duration.ofSeconds(2))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(DataAccessException.class);
		}
		Wait.failure(later.add("n"), Duration.ofSeconds(2));
		resume();
		((SmartLifecycle) connection).start();
		assertThat(later.add("n").get(5, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(2);
	}

	@Test
	void askingAndItsCallAreNotParted() throws Exception {
		LocalRedis from = cluster.masterOf("n");
		String busyKey = otherKey(cluster, "n");
		LocalRedis to = cluster.masterOf(busyKey);
		Later later = create(Driver.LETTUCE.connect(cluster), Later.class);
		later.add("n").join();
		later.add(busyKey).join();
		String slot = String.valueOf(cluster.slotOf("n"));
		from.execute("DEL", "n");
		to.execute("CLUSTER", "SETSLOT", slot, "IMPORTING", String.valueOf(from.execute("CLUSTER", "MYID")));
		from.execute("CLUSTER", "SETSLOT", slot, "MIGRATING", String.valueOf(to.execute("CLUSTER", "MYID")));
		to.execute("CONFIG", "RESETSTAT");
		AtomicBoolean stop = new AtomicBoolean();
		List<CompletableFuture<Void>> busy = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			busy.add(Wait.inTheBackground(() -> {
				while (!stop.get()) {
					List<CompletableFuture<Long>> calls = new ArrayList<>();
					for (int j = 0; j < 20; j++) {
						calls.add(later.add(busyKey));
					}
					calls.forEach(CompletableFuture::join);
				}
				return null;
			}));
		}
		List<CompletableFuture<Long>> asked = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			asked.add(later.add("n"));
			if (i % 10 == 0) {
				asked.get(i).get(5, TimeUnit.SECONDS);
			}
		}
		assertThat(asked).extracting(CompletableFuture::join).doesNotHaveDuplicates().hasSize(2000);
		stop.set(true);
		busy.forEach(CompletableFuture::join);
		assertThat(Statistics.calls(to, "asking")).isGreaterThanOrEqualTo(2000);
		String errors = String.valueOf(to.execute("INFO", "errorstats"));
		cluster.getMasters()
			.forEach((master) -> master.execute("CLUSTER", "SETSLOT", slot, "NODE",
					String.valueOf(to.execute("CLUSTER", "MYID"))));
		cluster.moveSlot(Integer.parseInt(slot), to, from);
		assertThat(errors).as("ASKING was for another command").doesNotContain("MOVED");
	}

	@ParameterizedTest
	@EnumSource
	void aClusterThatIsDownIsNotAskedForItsTopologyWithoutAPause(Driver driver) throws Exception {
		AtomicInteger connected = new AtomicInteger();
		List<ServerSocket> listeners = new ArrayList<>();
		try (LocalRedisCluster own = LocalRedisCluster.start(3, 0)) {
			Calls calls = create(driver.connect(Driver.servers(own), Duration.ofMillis(500)), Calls.class);
			calls.add("n");
			calls.add(otherKey(own, "n"));
			List<LocalRedis> nodes = own.getNodes();
			int down = own.masterOf("n").getPort();
			nodes.forEach(LocalRedis::kill);
			// Nobody calls at these addresses: what connects there wants the topology.
			for (LocalRedis node : nodes) {
				if (node.getPort() != down) {
					listeners.add(listen(node.getPort(), connected));
				}
			}
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
			List<CompletableFuture<Integer>> callers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				callers.add(Wait.inTheBackground(() -> {
					int failed = 0;
					while (System.nanoTime() < end) {
						assertThatExceptionOfType(DataAccessException.class)
							.isThrownBy(() -> calls.addWithin100ms("n"));
						failed++;
						Thread.sleep(1);
					}
					return failed;
				}));
			}
			int failed = callers.stream().mapToInt(CompletableFuture::join).sum();
			System.out.println("[topology] " + driver + ": " + failed + " calls failed, " + connected + " connections");
			assertThat(connected.get()).as("connections for the topology in 1 s, " + failed + " calls")
				.isLessThanOrEqualTo(2 * 3 * 11);
		}
		finally {
			for (ServerSocket listener : listeners) {
				listener.close();
			}
		}
	}

	private static ServerSocket listen(int port, AtomicInteger connected) throws IOException {
		ServerSocket listener = new ServerSocket();
		listener.setReuseAddress(true);
		listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
		Wait.inTheBackground(() -> {
			while (!listener.isClosed()) {
				listener.accept().close();
				connected.incrementAndGet();
			}
			return null;
		});
		return listener;
	}

	private static String otherKey(LocalRedisCluster cluster, String key) {
		LocalRedis owner = cluster.masterOf(key);
		for (int i = 0;; i++) {
			if (cluster.masterOf("other" + i).getPort() != owner.getPort()) {
				return "other" + i;
			}
		}
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "100ms")
		long addWithin100ms(@Key String key);

	}

	interface Later {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		CompletableFuture<Long> add(@Key String key);

		@LuaScript(source = "return redis.call('INCR', KEYS[1])", timeout = "500ms")
		CompletableFuture<Long> addWithin500ms(@Key String key);

	}

}
