package io.github.redislua.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.JedisPoolConfig;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten thousand virtual threads, each with a call of its own: all are answered, none runs
 * twice, also when the scripts are flushed in between, and no thread is pinned while it
 * waits. {@link WaitingThreadTests} has what would pin them on a JDK that is older than
 * this one.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "This JDK has no virtual threads: they came with JDK 21")
class VirtualThreadTests {

	private static final int CALLS = 10_000;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int POOL = 64;

	@TempDir
	private Path temp;

	@ParameterizedTest
	@EnumSource
	void allAreAnsweredByOneServer(Driver driver) throws Exception {
		try (LocalRedis redis = LocalRedis.start()) {
			run(connect(driver, Driver.server(redis)), List.of(redis), driver + ", one server");
		}
	}

	@ParameterizedTest
	@EnumSource
	void allAreAnsweredByACluster(Driver driver) throws Exception {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			run(connect(driver, Driver.servers(cluster)), cluster.getNodes(), driver + ", cluster");
		}
	}

	@Test
	void aPinnedThreadWouldBeSeen() throws Exception {
		Path recorded = record(() -> {
			ExecutorService threads = virtualThreads();
			threads.execute(Slow::use);
			threads.shutdown();
			assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		});
		assertThat(pinned(recorded, (frame) -> type(frame).equals(Slow.class.getName()))).isNotEmpty();
	}

	private void run(RedisConnectionFactory connection, List<LocalRedis> servers, String what) throws Exception {
		try {
			Ledger.Counter counter = LuaRepositoryFactory.builder(connection).build().create(Ledger.Counter.class);
			// Who waits for a class to be initialized is pinned on any JDK.
			new Ledger().runEach(virtualThreads(), 2 * POOL, counter::count, () -> {
			}, LIMIT);
			servers.forEach((server) -> server.execute("FLUSHALL"));
			servers.forEach((server) -> server.execute("SCRIPT", "FLUSH"));
			Ledger ledger = new Ledger();
			long start = System.nanoTime();
			Path recorded = record(() -> ledger.runEach(virtualThreads(), CALLS, counter::count,
					() -> servers.forEach((server) -> server.execute("SCRIPT", "FLUSH")), LIMIT));
			Duration time = Duration.ofNanos(System.nanoTime() - start);
			Ledger.Sums sums = ledger.settle(new StringRedisTemplate(connection));
			System.out.println("[virtual threads] " + what + ": " + sums + " in " + time.toMillis() + " ms");
			ledger.assertNoFailures();
			assertThat(sums.answered()).isEqualTo(CALLS);
			assertThat(sums.missing()).isZero();
			assertThat(pinned(recorded, VirtualThreadTests::isOurs)).as("what pins a thread on the way of a call")
				.isEmpty();
		}
		finally {
			Clients.destroy(connection);
		}
	}

	private Path record(Action action) throws Exception {
		Path recorded = this.temp.resolve("pinned.jfr");
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withStackTrace().withThreshold(Duration.ZERO);
			recording.start();
			action.run();
			recording.stop();
			recording.dump(recorded);
		}
		return recorded;
	}

	private static List<String> pinned(Path recorded, Predicate<RecordedFrame> wanted) throws IOException {
		List<String> stacks = new ArrayList<>();
		for (RecordedEvent event : RecordingFile.readAllEvents(recorded)) {
			RecordedStackTrace trace = event.getStackTrace();
			if (trace != null && !waitsForClass(event) && trace.getFrames().stream().anyMatch(wanted)) {
				stacks.add(trace.getFrames()
					.stream()
					.map((frame) -> type(frame) + "." + frame.getMethod().getName() + ":" + frame.getLineNumber())
					.collect(Collectors.joining("\n\t", event.getDuration() + "\n\t", "\n")));
			}
		}
		return stacks;
	}

	// Of the JDK, say, which another thread initializes: once, and nobody's fault.
	private static boolean waitsForClass(RecordedEvent event) {
		return event.hasField("pinnedReason")
				&& String.valueOf(event.getString("pinnedReason")).startsWith("Waited for initialization of ");
	}

	private static boolean isOurs(RecordedFrame frame) {
		return type(frame).startsWith("io.github.redislua.") && !type(frame).startsWith("io.github.redislua.test");
	}

	private static String type(RecordedFrame frame) {
		return frame.getMethod().getType().getName();
	}

	private static RedisConnectionFactory connect(Driver driver, RedisConfiguration servers) {
		if (driver != Driver.JEDIS) {
			return driver.connect(servers, LIMIT);
		}
		JedisPoolConfig pool = new JedisPoolConfig();
		pool.setMaxTotal(POOL);
		pool.setMaxIdle(POOL);
		pool.setMaxWait(LIMIT);
		JedisClientConfiguration client = JedisClientConfiguration.builder()
			.readTimeout(LIMIT)
			.usePooling()
			.poolConfig(pool)
			.build();
		JedisConnectionFactory factory = (servers instanceof RedisClusterConfiguration cluster)
				? new JedisConnectionFactory(cluster, client)
				: new JedisConnectionFactory((RedisStandaloneConfiguration) servers, client);
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	// The classes are compiled for Java 17, which does not have the method.
	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

	/**
	 * What is recorded.
	 */
	@FunctionalInterface
	private interface Action {

		void run() throws Exception;

	}

	/**
	 * Sleeps while it is initialized, which pins.
	 */
	private static final class Slow {

		static {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		}

		private Slow() {
		}

		static void use() {
			// To be initialized is enough.
		}

	}

}
