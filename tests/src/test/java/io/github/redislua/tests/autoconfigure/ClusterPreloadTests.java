package io.github.redislua.tests.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.redislua.internal.config.LuaPreloadException;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.tests.preload.Application;
import io.github.redislua.tests.preload.Stock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loading of scripts at start-up on a cluster some nodes of which are dead.
 */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterPreloadTests {

	@TempDir
	private Path folder;

	private LocalRedisCluster cluster;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() throws IOException {
		this.cluster = LocalRedisCluster.start(3, 1);
		Files.writeString(this.folder.resolve("reserve.lua"), "return redis.call('INCRBY', KEYS[1], ARGV[1])");
		this.runner = Lines.runner(this.cluster.getNodes().get(0))
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=" + this.folder.toUri(),
					"spring.data.redis.cluster.nodes=" + String.join(",", this.cluster.getSeedNodes()));
	}

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void everyMasterIsLoaded(String driver, CapturedOutput output) {
		this.runner.withPropertyValues(driver(driver))
			.withPropertyValues("redis-lua.preload.mode=strict")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).containsPattern("Loaded 1 Lua script \\(3 new\\) on 3 nodes in");
				assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "lettuce,replica-preferred", "jedis" })
	void aDeadReplicaNeitherFailsNorDelaysTheStart(String driver, CapturedOutput output) {
		ApplicationContextRunner runner = this.runner.withPropertyValues(driver(driver))
			.withPropertyValues("redis-lua.preload.mode=strict");
		start(runner);
		Duration without = start(runner);
		LocalRedis replica = this.cluster.getReplicasOf(this.cluster.getMasters().get(0)).get(0);
		replica.kill();
		Duration with = start(runner);
		System.out.println("[dead replica] " + driver + ": " + without.toMillis() + " ms without, " + with.toMillis()
				+ " ms with");
		assertThat(with).isLessThan(without.plusSeconds(1));
		if (driver.contains("replica")) {
			assertThat(output).contains("Lua scripts could not be loaded on 127.0.0.1:" + replica.getPort());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void withADeadMasterLenientStartsAndStrictFailsWithTheNodesName(String driver, CapturedOutput output) {
		LocalRedis master = this.cluster.getMasters().get(1);
		this.cluster.getReplicasOf(master).forEach(LocalRedis::kill);
		master.kill();
		ApplicationContextRunner runner = this.runner.withPropertyValues(driver(driver));
		String node = "127.0.0.1:" + master.getPort();
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("Lua scripts could not be loaded on " + node)
				.containsPattern("Loaded 1 Lua script \\(2 new\\) on 2 nodes in");
		});
		runner.withPropertyValues("redis-lua.preload.mode=strict")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(LuaPreloadException.class)
				.hasMessageContaining(node));
	}

	private static Duration start(ApplicationContextRunner runner) {
		long start = System.nanoTime();
		long[] end = new long[1];
		runner.run((context) -> {
			end[0] = System.nanoTime();
			assertThat(context).hasNotFailed();
		});
		return Duration.ofNanos(end[0] - start);
	}

	private static String[] driver(String driver) {
		String[] parts = driver.split(",");
		String type = "spring.data.redis.client-type=" + parts[0];
		return (parts.length == 1) ? new String[] { type }
				: new String[] { type, "spring.data.redis.lettuce.read-from=" + parts[1] };
	}

}
