package io.github.redislua.samples.quickstart;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged application, as users start it: the ordinary way, from the code that was
 * generated ahead of time, and from that with an archive of its classes.
 */
class QuickstartAotIT {

	private static final String JAR = System.getProperty("quickstart.jar");

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	@Test
	void theOrdinaryWay() throws Exception {
		assertThat(runAndUse()).doesNotContain("Starting AOT-processed");
	}

	@Test
	void fromGeneratedCode() throws Exception {
		assertThat(runAndUse("-Dspring.aot.enabled=true")).contains("Starting AOT-processed QuickstartApplication");
	}

	@Test
	void fromGeneratedCodeWithAnArchiveOfItsClasses() throws Exception {
		Path archive = this.folder.resolve("quickstart.jsa");
		runAndUse("-Dspring.aot.enabled=true", "-XX:ArchiveClassesAtExit=" + archive);
		assertThat(archive).exists();
		assertThat(runAndUse("-Dspring.aot.enabled=true", "-XX:SharedArchiveFile=" + archive))
			.contains("Starting AOT-processed");
	}

	private String runAndUse(String... options) throws Exception {
		Path log = this.folder.resolve("log.txt");
		int port = freePort();
		try (LocalRedis redis = LocalRedis.start()) {
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
			command.addAll(List.of(options));
			command.addAll(List.of("-jar", JAR, "--server.port=" + port, "--spring.data.redis.host=" + redis.getHost(),
					"--spring.data.redis.port=" + redis.getPort()));
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			try {
				use(process, log, port);
			}
			finally {
				process.destroy();
				if (!process.waitFor(30, TimeUnit.SECONDS)) {
					process.destroyForcibly().waitFor();
				}
			}
		}
		return Files.readString(log);
	}

	private void use(Process process, Path log, int port) throws Exception {
		HttpResponse<String> response = null;
		long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
		while (response == null) {
			assertThat(process.isAlive()).as(() -> read(log)).isTrue();
			assertThat(System.nanoTime() - deadline).as(() -> read(log)).isNegative();
			try {
				response = put(port, "/stock/book", 3);
			}
			catch (IOException ex) {
				Thread.sleep(100);
			}
		}
		assertThat(response.statusCode()).as(response::body).isEqualTo(204);
		assertThat(put(port, "/stock/book/orders/A-1", 2).body()).isEqualTo("{\"reserved\":2,\"left\":1}");
		HttpResponse<String> refused = put(port, "/stock/book/orders/A-2", 2);
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(refused.body()).contains("2 wanted, 1 available");
	}

	private HttpResponse<String> put(int port, String path, int quantity) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString("{\"quantity\": " + quantity + "}"))
			.build(), BodyHandlers.ofString());
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
