package io.github.redislua.test.internal.binary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.redislua.test.LocalRedisException;

/**
 * A program that can be run as a server.
 *
 * @param path where it is
 * @param version what it says about itself
 * @param origin where it was found, for people
 */
public record ServerBinary(Path path, RedisVersion version, String origin) {

	/** Both "Redis server v=7.0.15 sha=..." and "Valkey server v=8.1.1 sha=...". */
	private static final Pattern VERSION = Pattern.compile(" v=(\\d+(\\.\\d+)*)");

	private static final int TIMEOUT_SECONDS = 5;

	private static final Map<Path, RedisVersion> VERSIONS = new ConcurrentHashMap<>();

	/**
	 * A program of this machine, asked for its version.
	 * @param path where it is
	 * @param origin where it was found, for people
	 * @return the binary
	 * @throws LocalRedisException if it is not there, or is not a server
	 */
	public static ServerBinary of(Path path, String origin) {
		if (!Files.isExecutable(path) || Files.isDirectory(path)) {
			throw new LocalRedisException(
					"%s is %s".formatted(path, (Files.exists(path) ? "not an executable file" : "not there")));
		}
		return new ServerBinary(path, VERSIONS.computeIfAbsent(path, ServerBinary::ask), origin);
	}

	private static RedisVersion ask(Path path) {
		try {
			Process process = new ProcessBuilder(path.toString(), "--version").redirectErrorStream(true).start();
			try {
				// Reading ends with the process, or with the process being ended.
				process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).exceptionally((ex) -> {
					process.destroyForcibly();
					return process;
				});
				String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
				Matcher matcher = VERSION.matcher(output);
				if (!matcher.find()) {
					throw new LocalRedisException("%s --version answers '%s'".formatted(path, output));
				}
				return new RedisVersion(matcher.group(1));
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new LocalRedisException("%s cannot be run: %s".formatted(path, ex.getMessage()), ex);
		}
	}

}
