package io.github.redislua.test.internal.binary;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

import io.github.redislua.test.LocalRedisException;

/**
 * A server program within a jar on the class path: a file
 * {@code redis-server-<version>-<os>-<arch>} at its root, as {@code embedded-redis} jars
 * have it.
 *
 * @param name the name of the resource
 * @param version the version in its name
 * @param resource where it is
 * @param size its size in bytes
 * @param crc the CRC-32 of its bytes
 */
public record EmbeddedBinary(String name, RedisVersion version, URL resource, long size, long crc) {

	private static final String MANIFEST = JarFile.MANIFEST_NAME;

	/**
	 * Whether this machine runs Windows.
	 * @return {@code true} if it does
	 */
	public static boolean isWindows() {
		return os().equals("win");
	}

	/**
	 * What the resources for this machine are called.
	 * @return the pattern, for people
	 */
	static String pattern() {
		return "redis-server-<version>-" + platform();
	}

	/**
	 * The programs for this machine, in class path order.
	 * @return the programs
	 */
	static List<EmbeddedBinary> onClassPath() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return onClassPath((loader != null) ? loader : EmbeddedBinary.class.getClassLoader());
	}

	static List<EmbeddedBinary> onClassPath(ClassLoader loader) {
		Pattern pattern = Pattern
			.compile("redis-server-(\\d+(?:\\.\\d+)+)-" + Pattern.quote(platform()) + "(?:\\.exe)?");
		Map<String, EmbeddedBinary> binaries = new LinkedHashMap<>();
		for (URL manifest : jars(loader)) {
			collect(manifest, pattern, binaries);
		}
		return List.copyOf(binaries.values());
	}

	ServerBinary extract() {
		return new ServerBinary(BinaryCache.get(this), this.version, "class path");
	}

	InputStream open() throws IOException {
		URLConnection connection = this.resource.openConnection();
		connection.setUseCaches(false);
		return connection.getInputStream();
	}

	private static List<URL> jars(ClassLoader loader) {
		try {
			List<URL> manifests = new ArrayList<>();
			for (Enumeration<URL> urls = loader.getResources(MANIFEST); urls.hasMoreElements();) {
				URL url = urls.nextElement();
				// Opening each jar of a large application would take longer than Redis.
				if (url.getPath().contains("redis") && url.getProtocol().equals("jar")) {
					manifests.add(url);
				}
			}
			return manifests;
		}
		catch (IOException ex) {
			throw new LocalRedisException("The class path cannot be read", ex);
		}
	}

	private static void collect(URL manifest, Pattern pattern, Map<String, EmbeddedBinary> binaries) {
		try {
			URLConnection connection = manifest.openConnection();
			if (!(connection instanceof JarURLConnection jarConnection)) {
				return;
			}
			jarConnection.setUseCaches(false);
			try (JarFile jar = jarConnection.getJarFile()) {
				for (ZipEntry entry : jar.stream().toList()) {
					Matcher matcher = pattern.matcher(entry.getName());
					if (matcher.matches()) {
						URL resource = new URL(manifest, "/" + entry.getName());
						binaries.putIfAbsent(entry.getName(), new EmbeddedBinary(entry.getName(),
								new RedisVersion(matcher.group(1)), resource, entry.getSize(), entry.getCrc()));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new LocalRedisException("%s cannot be read".formatted(manifest), ex);
		}
	}

	private static String platform() {
		return os() + "-" + architecture();
	}

	private static String os() {
		String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		if (name.startsWith("mac") || name.startsWith("darwin")) {
			return "darwin";
		}
		return (name.startsWith("windows")) ? "win" : name;
	}

	private static String architecture() {
		String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
		return switch (name) {
			case "x86_64", "x64" -> "amd64";
			case "aarch64" -> "arm64";
			case "x86", "i386", "i486", "i586", "i686" -> "386";
			default -> name;
		};
	}

}
