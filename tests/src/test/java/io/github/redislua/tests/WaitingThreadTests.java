package io.github.redislua.tests;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread that waits for Redis is in no {@code synchronized} method or block of this
 * library: before JDK 24 that pins a virtual thread, and the thread that carries it. Seen
 * on ordinary threads, whose monitors every JDK shows.
 */
class WaitingThreadTests {

	private static final int THREADS = 6;

	@ParameterizedTest
	@EnumSource
	void forTheReply(Driver driver) {
		try (LocalRedis redis = LocalRedis.start()) {
			waitWith(driver.connect(redis), true, List.of(redis));
		}
	}

	@ParameterizedTest
	@EnumSource
	void forTheFirstConnection(Driver driver) {
		try (LocalRedis redis = LocalRedis.start()) {
			waitWith(driver.connect(redis), false, List.of(redis));
		}
	}

	@ParameterizedTest
	@EnumSource
	void forTheReplyOfACluster(Driver driver) {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			waitWith(driver.connect(cluster), true, cluster.getNodes());
		}
	}

	@ParameterizedTest
	@EnumSource
	void forTheFirstConnectionToACluster(Driver driver) {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			waitWith(driver.connect(cluster), false, cluster.getNodes());
		}
	}

	@ParameterizedTest
	@EnumSource
	void forAScriptThatHasToBeLoaded(Driver driver) {
		try (LocalRedis redis = LocalRedis.start()) {
			RedisConnectionFactory connection = driver.connect(redis);
			Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
			calls.add("n");
			redis.execute("SCRIPT", "FLUSH");
			// The script is missing, and whoever finds that out has to wait to load it.
			redis.execute("CLIENT", "PAUSE", "2000", "WRITE");
			observe(connection, calls);
		}
	}

	private static void waitWith(RedisConnectionFactory connection, boolean connected, List<LocalRedis> servers) {
		Calls calls = LuaRepositoryFactory.builder(connection).build().create(Calls.class);
		if (connected) {
			calls.add("n");
		}
		servers.forEach(LocalRedis::pause);
		try {
			observe(connection, calls);
		}
		finally {
			servers.forEach(LocalRedis::resume);
		}
	}

	private static void observe(RedisConnectionFactory connection, Calls calls) {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Thread thread = new Thread(() -> calls.add("n"));
			thread.setUncaughtExceptionHandler((failed, ex) -> {
				// Whether it has an answer in the end is not the question here.
			});
			thread.start();
			threads.add(thread);
		}
		Set<Long> ids = threads.stream().map(Thread::getId).collect(Collectors.toSet());
		Awaitility.await()
			.pollDelay(Duration.ofMillis(300))
			.untilAsserted(() -> assertThat(infos(ids)).hasSize(THREADS)
				.allSatisfy((info) -> assertThat(info.getStackTrace()).anyMatch(WaitingThreadTests::isOurs)));
		assertThat(infos(ids).stream().flatMap(WaitingThreadTests::monitors)).isEmpty();
		threads.forEach(Thread::interrupt);
		Thread closing = new Thread(() -> Clients.destroy(connection));
		closing.setDaemon(true);
		closing.start();
	}

	private static List<ThreadInfo> infos(Set<Long> ids) {
		return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, false))
			.filter((info) -> ids.contains(info.getThreadId()))
			.toList();
	}

	// Those that it has, and the one that it wants.
	private static Stream<String> monitors(ThreadInfo info) {
		Stream<String> held = Arrays.stream(info.getLockedMonitors())
			.map(MonitorInfo::getLockedStackFrame)
			.filter(WaitingThreadTests::isOurs)
			.map((frame) -> "has the monitor of " + frame);
		boolean blocked = info.getThreadState() == Thread.State.BLOCKED && isOurs(info.getStackTrace()[0]);
		return Stream.concat(held,
				blocked ? Stream.of("waits for the monitor of " + info.getStackTrace()[0]) : Stream.empty());
	}

	private static boolean isOurs(StackTraceElement frame) {
		String type = frame.getClassName();
		return type.startsWith("io.github.redislua.") && !type.startsWith("io.github.redislua.test");
	}

	interface Calls {

		@LuaScript(source = "return redis.call('INCR', KEYS[1])")
		long add(@Key String key);

	}

}
