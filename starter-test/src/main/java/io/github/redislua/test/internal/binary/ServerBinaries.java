package io.github.redislua.test.internal.binary;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.LocalRedisUnavailableException;

/**
 * Finds a server program: the one named by {@value #PROPERTY}, {@code redis-server} on
 * the PATH, or one from the class path. {@code embedded} as the name leaves the PATH out.
 */
public final class ServerBinaries {

	static final String PROPERTY = "REDIS_SERVER";

	/** The value that stands for the program on the class path. */
	private static final String EMBEDDED = "embedded";

	private ServerBinaries() {
	}

	/**
	 * The first program that is new enough.
	 * @param minimum the lowest version that will do, or {@code null} for any
	 * @return the program, extracted if it had to be
	 * @throws LocalRedisUnavailableException if there is none
	 */
	public static ServerBinary find(@Nullable RedisVersion minimum) {
		return find(minimum, configured(), path(), EmbeddedBinary.onClassPath());
	}

	static ServerBinary find(@Nullable RedisVersion minimum, @Nullable String configured, List<Path> path,
			List<EmbeddedBinary> embedded) {
		List<String> seen = new ArrayList<>();
		if (configured == null) {
			seen.add(PROPERTY + " (system property or environment variable): not set");
		}
		else if (configured.equals(EMBEDDED)) {
			seen.add("%s=%s: the PATH is not searched".formatted(PROPERTY, EMBEDDED));
		}
		else {
			ServerBinary binary = configured(configured);
			if (minimum == null || binary.version().isAtLeast(minimum)) {
				return binary;
			}
			seen.add("%s=%s: %s, too old".formatted(PROPERTY, configured, binary.version()));
		}
		ServerBinary binary = EMBEDDED.equals(configured) ? null : onPath(path, minimum, seen);
		return (binary != null) ? binary : embedded(embedded, minimum, seen);
	}

	private static ServerBinary embedded(List<EmbeddedBinary> embedded, @Nullable RedisVersion minimum,
			List<String> seen) {
		for (EmbeddedBinary candidate : embedded) {
			if (minimum == null || candidate.version().isAtLeast(minimum)) {
				return candidate.extract();
			}
			seen.add("class path: %s, too old".formatted(candidate.name()));
		}
		if (embedded.isEmpty()) {
			seen.add("class path: no %s".formatted(EmbeddedBinary.pattern()));
		}
		throw new LocalRedisUnavailableException(
				"No Redis server%s is in reach. Looked at:%n  %s%nSet %s to a server's path.".formatted(
						(minimum != null) ? " of at least version " + minimum : "",
						String.join("%n  ".formatted(), seen), PROPERTY));
	}

	private static ServerBinary configured(String path) {
		try {
			return ServerBinary.of(Path.of(path), PROPERTY);
		}
		catch (LocalRedisException ex) {
			// Asked for by name: another server would be a surprise.
			throw new LocalRedisUnavailableException("%s=%s: %s".formatted(PROPERTY, path, ex.getMessage()));
		}
	}

	private static @Nullable ServerBinary onPath(List<Path> path, @Nullable RedisVersion minimum, List<String> seen) {
		String file = (EmbeddedBinary.isWindows()) ? "redis-server.exe" : "redis-server";
		boolean found = false;
		for (Path directory : path) {
			Path candidate = directory.resolve(file);
			if (!Files.isExecutable(candidate)) {
				continue;
			}
			found = true;
			try {
				ServerBinary binary = ServerBinary.of(candidate, "PATH");
				if (minimum == null || binary.version().isAtLeast(minimum)) {
					return binary;
				}
				seen.add("PATH: %s: %s, too old".formatted(candidate, binary.version()));
			}
			catch (LocalRedisException ex) {
				seen.add("PATH: " + ex.getMessage());
			}
		}
		if (!found) {
			seen.add("PATH: no " + file);
		}
		return null;
	}

	private static @Nullable String configured() {
		String property = System.getProperty(PROPERTY, System.getenv(PROPERTY));
		return (property == null || property.isBlank()) ? null : property;
	}

	private static List<Path> path() {
		String path = System.getenv("PATH");
		if (path == null) {
			return List.of();
		}
		return Arrays.stream(path.split(File.pathSeparator)).filter((entry) -> !entry.isBlank()).map(Path::of).toList();
	}

}
