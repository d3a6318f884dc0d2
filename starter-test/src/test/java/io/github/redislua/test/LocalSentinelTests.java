package io.github.redislua.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.redislua.test.internal.server.Polling;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(NoProcessLeft.class)
class LocalSentinelTests {

	@Test
	@Timeout(60)
	void aReplicaTakesOverWhenTheMasterIsGone() {
		try (LocalSentinel sentinel = LocalSentinel.start()) {
			assertThat(sentinel.getMasterName()).isEqualTo("mymaster");
			assertThat(sentinel.getSentinelNodes()).hasSize(3).allMatch((node) -> node.startsWith("127.0.0.1:"));
			assertThat(sentinel.getServers()).hasSize(3);
			LocalRedis master = sentinel.getMaster();
			assertThat(master).isEqualTo(sentinel.getServers().get(0));
			master.execute("SET", "key", "value");
			assertThat(master.execute("WAIT", "2", "2000")).isEqualTo(2L);
			master.kill();
			Polling.await(Duration.ofSeconds(20), "failover",
					() -> (sentinel.getMaster().equals(master)) ? "still the old master" : null);
			sentinel.awaitReady(Duration.ofSeconds(20));
			assertThat(sentinel.getMaster().execute("GET", "key")).isEqualTo("value");
			assertThat(sentinel.getMaster().execute("SET", "key", "new")).isEqualTo("OK");
		}
	}

	@Test
	@Timeout(60)
	void worksWithAPassword() {
		try (LocalSentinel sentinel = LocalSentinel.start(LocalRedis.builder().option("requirepass", "secret"))) {
			assertThat(sentinel.getMaster().execute("SET", "key", "value")).isEqualTo("OK");
			sentinel.getSentinels().get(0).restart();
			sentinel.awaitReady(Duration.ofSeconds(20));
		}
	}

}
