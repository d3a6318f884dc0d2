package io.github.redislua.lint;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis on a free loopback port: the one that REDIS_SERVER names, the embedded
 * binary, or the one on the PATH.
 */
public final class RedisServer implements AutoCloseable {

	private final Process process;

	private final int port;

	private final Path folder;

	private RedisServer(Process process, int port, Path folder) {
		this.process = process;
		this.port = port;
		this.folder = folder;
	}

	/**
	 * Starts a server, or returns null if there is none to start.
	 */
	public static RedisServer start(String... options) throws IOException {
		Path folder = Files.createTempDirectory("lint-redis");
		List<String> command = new ArrayList<>();
		command.add(executable(folder));
		int port = freePort();
		command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--dir",
				folder.toString()));
		command.addAll(List.of(options));
		Process process;
		try {
			process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(folder.resolve("log").toFile())
				.start();
		}
		catch (IOException ex) {
			return null;
		}
		RedisServer server = new RedisServer(process, port, folder);
		if (server.answers()) {
			return server;
		}
		server.close();
		return null;
	}

	private static String executable(Path folder) throws IOException {
		String configured = System.getenv("REDIS_SERVER");
		if (configured != null && !configured.isBlank()) {
			return configured;
		}
		boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
		boolean arm = System.getProperty("os.arch").equals("aarch64");
		String resource = "/redis-server-7.0.15-" + (mac ? "darwin-" : "linux-") + (arm ? "arm64" : "amd64");
		try (InputStream in = RedisServer.class.getResourceAsStream(resource)) {
			if (in == null) {
				return "redis-server";
			}
			Path file = folder.resolve("redis-server");
			Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
			file.toFile().setExecutable(true);
			return file.toString();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private boolean answers() {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (System.nanoTime() < end && this.process.isAlive()) {
			try (RespClient client = connect()) {
				if ("PONG".equals(client.command("PING"))) {
					return true;
				}
			}
			catch (IOException ex) {
				pause();
			}
		}
		return false;
	}

	private static void pause() {
		try {
			Thread.sleep(10);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	public RespClient connect() throws IOException {
		return new RespClient(this.port);
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		try {
			this.process.waitFor(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		try (var files = Files.list(this.folder)) {
			for (Path file : files.toList()) {
				Files.deleteIfExists(file);
			}
		}
		Files.deleteIfExists(this.folder);
	}

}
