package io.github.redislua.test.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.redislua.test.LocalRedisException;

/**
 * The temporary working directory of one server.
 *
 * @param path where it is
 */
public record ServerDirectory(Path path) {

	private static final int TAIL = 30;

	static ServerDirectory create() {
		try {
			return new ServerDirectory(Files.createTempDirectory("redis-lua-server-"));
		}
		catch (IOException ex) {
			throw new LocalRedisException("No temporary directory for a server", ex);
		}
	}

	Path config() {
		return this.path.resolve("redis.conf");
	}

	Path log() {
		return this.path.resolve("redis.log");
	}

	void write(ServerConfig config) {
		try {
			Files.writeString(config(), config.text());
		}
		catch (IOException ex) {
			throw new LocalRedisException("%s cannot be written".formatted(config()), ex);
		}
	}

	/**
	 * The end of the server's log.
	 * @return the last lines, or an explanation why there are none
	 */
	String logTail() {
		try {
			List<String> lines = new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).lines().toList();
			return String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
		}
		catch (IOException ex) {
			return "(no log: %s)".formatted(ex);
		}
	}

	public void delete() {
		try (Stream<Path> files = Files.walk(this.path)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			// Left to the operating system, which clears its temporary directory.
		}
	}

}
