package io.github.redislua.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.github.redislua.test.internal.server.Info;
import io.github.redislua.test.internal.server.Polling;
import io.github.redislua.test.internal.server.ServerDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to servers nobody closed.
 */
class JvmEndTests {

	@Test
	void serversEndWithTheJvm() throws Exception {
		Started started = start("exit");
		assertThat(started.jvm().waitFor()).isZero();
		assertThat(ProcessHandle.of(started.server())).isEmpty();
		assertThat(started.directory()).doesNotExist();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void serversEndWithAJvmThatIsKilled() throws Exception {
		Started started = start("wait");
		assertThat(ProcessHandle.of(started.server())).isPresent();
		started.jvm().destroyForcibly().waitFor();
		Polling.await(Duration.ofSeconds(5), "server ended",
				() -> (ProcessHandle.of(started.server()).isEmpty()) ? null : "it runs");
		new ServerDirectory(started.directory()).delete();
	}

	private static Started start(String what) throws IOException {
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Main.class.getName(), what)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader reader = jvm.inputReader();
		return new Started(jvm, Long.parseLong(reader.readLine()), Path.of(reader.readLine()));
	}

	record Started(Process jvm, long server, Path directory) {
	}

	static final class Main {

		private Main() {
		}

		public static void main(String[] args) throws InterruptedException {
			LocalRedis redis = LocalRedis.start();
			System.out.println(redis.getPid());
			System.out.println(Path.of(Info.get(redis.server(), "config_file", "INFO", "server")).getParent());
			if (args[0].equals("wait")) {
				Thread.sleep(60_000);
			}
		}

	}

}
