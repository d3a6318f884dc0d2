package io.github.redislua.tests.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;

import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.CuttableLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The timeout of a preload is one for all scripts together, however slowly the answers
 * come.
 */
class SlowPreloadTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void noThreadIsHeldLongerThanThePreloadMayTake(String driver) throws IOException {
		for (int i = 0; i < 30; i++) {
			Files.writeString(this.folder.resolve("script" + i + ".lua"), "return " + i);
		}
		try (LocalRedis redis = LocalRedis.start(); CuttableLine line = new CuttableLine(redis)) {
			line.trickle(47, Duration.ofMillis(150));
			long start = System.nanoTime();
			Lines.runner(redis)
				.withUserConfiguration(Nothing.class)
				.withPropertyValues("spring.data.redis.port=" + line.getPort(),
						"spring.data.redis.client-type=" + driver, "redis-lua.preload.timeout=800ms",
						"redis-lua.locations=file:" + this.folder + "/")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(since(start)).as("the start").isLessThan(Duration.ofSeconds(5));
					// 30 answers take 4.5 s.
					Awaitility.await("until no thread is loading")
						.atMost(1200, TimeUnit.MILLISECONDS)
						.until(() -> threadsOfOurs() == 0);
				});
		}
	}

	private static long threadsOfOurs() {
		Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
		threads.remove(Thread.currentThread());
		return threads.values()
			.stream()
			.filter((stack) -> Arrays.stream(stack)
				.map(StackTraceElement::getClassName)
				.anyMatch((name) -> name.startsWith("io.github.redislua.")
						&& !name.startsWith("io.github.redislua.test")))
			.count();
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
