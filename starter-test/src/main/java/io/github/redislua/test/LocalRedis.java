package io.github.redislua.test;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A real Redis server for tests and development, on a loopback port, without persistence.
 * It ends with {@link #close()}, and with the JVM at the latest.
 *
 * <pre class="code">
 * try (LocalRedis redis = LocalRedis.start()) {
 *     redis.execute("SET", "greeting", "hello");
 * }
 * </pre>
 *
 * The program is the first of: the path in the system property or environment variable
 * {@code REDIS_SERVER}; {@code redis-server} on the PATH; a resource
 * {@code redis-server-<version>-<os>-<arch>} at the root of a jar on the class path whose
 * name contains {@code redis}, in class path order.
 * <p>
 * Instances may be used by several threads.
 */
public final class LocalRedis implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ServerBinary binary;

	private final ServerDirectory directory = ServerDirectory.create();

	private final List<String> command;

	private final @Nullable String password;

	private final int port;

	private volatile ServerProcess process;

	private volatile boolean paused;

	private volatile boolean closed;

	private LocalRedis(ServerBinary binary, ServerConfig config, boolean sentinel, int port) {
		this.binary = binary;
		this.port = port;
		this.password = config.get("requirepass");
		this.command = new ArrayList<>(List.of(binary.path().toString(), this.directory.config().toString()));
		if (sentinel) {
			this.command.add("--sentinel");
		}
		this.directory.write(config.copy().add("port", Integer.toString(port)));
		try {
			this.process = launch();
		}
		catch (RuntimeException | Error ex) {
			this.directory.delete();
			throw ex;
		}
		Shutdown.add(this);
	}

	/**
	 * Start a server.
	 * @return the server, ready for commands
	 * @throws LocalRedisUnavailableException if there is no server program
	 * @throws LocalRedisException if the server isn't ready within 10 seconds; the
	 * message has the end of its log
	 */
	public static LocalRedis start() {
		return builder().start();
	}

	/**
	 * Start a server with options.
	 * @param options directives of {@code redis.conf} as on the command line:
	 * {@code "--requirepass", "secret", "--maxmemory", "10mb"}
	 * @return the server, ready for commands
	 * @throws LocalRedisUnavailableException if there is no server program
	 * @throws LocalRedisException if the server isn't ready within 10 seconds; the
	 * message has the end of its log
	 */
	public static LocalRedis start(String... options) {
		return builder().options(options).start();
	}

	/**
	 * Say more about the server to start.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The address the server listens on.
	 * @return {@code 127.0.0.1}
	 */
	public String getHost() {
		return HOST;
	}

	/**
	 * The port the server listens on. A restart keeps it.
	 * @return the port
	 */
	public int getPort() {
		return this.port;
	}

	/**
	 * The server as a URI, as {@code spring.data.redis.url} takes it.
	 * @return {@code redis://127.0.0.1:port}, with {@code :password@} before the host for
	 * a server with {@code requirepass}
	 */
	public String getUri() {
		String user = (this.password == null) ? ""
				: ":" + URLEncoder.encode(this.password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
		return "redis://%s%s:%d".formatted(user, HOST, this.port);
	}

	/**
	 * The id of the server's process. A restart changes it.
	 * @return the process id
	 */
	public long getPid() {
		return this.process.pid();
	}

	/**
	 * The version of the server program.
	 * @return a version such as {@code 7.0.15}; for Valkey its own version, not the Redis
	 * version it is compatible with
	 */
	public String getVersion() {
		return this.binary.version().text();
	}

	/**
	 * Whether the server's process lives; a paused one does.
	 * @return {@code false} after {@link #kill()}, {@link #close()} or a crash
	 */
	public boolean isRunning() {
		return this.process.isAlive();
	}

	boolean isResponsive() {
		return isRunning() && !this.paused;
	}

	@Nullable String getPassword() {
		return this.password;
	}

	/**
	 * Send one command on a connection of its own.
	 * @param command the command and its arguments, sent as UTF-8
	 * @return bulk and status replies as {@link String}, integers as {@link Long}, arrays
	 * as {@link List}, nil as {@code null}; an error within an array is an element of
	 * type {@link LocalRedisException}
	 * @throws LocalRedisException for an error reply, with its text as message, or if the
	 * server does not answer within 10 seconds
	 */
	public @Nullable Object execute(String... command) {
		return RespClient.text(execute(TIMEOUT, RespClient.encode(command)));
	}

	/**
	 * Send one binary command on a connection of its own.
	 * @param command the command and its arguments
	 * @return as {@link #execute(String...)}, but bulk replies as {@code byte[]}
	 * @throws LocalRedisException for an error reply, with its text as message, or if the
	 * server does not answer within 10 seconds
	 */
	public @Nullable Object execute(byte[]... command) {
		return execute(TIMEOUT, command);
	}

	@Nullable Object execute(Duration timeout, byte[]... command) {
		if (command.length == 0) {
			throw new IllegalArgumentException("No command");
		}
		try (RespClient client = new RespClient(HOST, this.port, timeout)) {
			if (this.password != null) {
				client.call("AUTH", this.password);
			}
			return client.call(command);
		}
		catch (IOException ex) {
			throw new LocalRedisException("%s did not answer: %s".formatted(this, ex.getMessage()), ex);
		}
	}

	/**
	 * End the server at once, as a crash would (SIGKILL). {@link #restart()} brings it
	 * back, without its data.
	 */
	public synchronized void kill() {
		this.process.kill();
		this.paused = false;
	}

	/**
	 * Start the server again on the same port and with the same options, ending it first
	 * if it runs. Data and loaded scripts are gone.
	 * @throws LocalRedisException if the port is lost to another process, or the server
	 * isn't ready within 10 seconds
	 * @throws IllegalStateException after {@link #close()}
	 */
	public synchronized void restart() {
		if (this.closed) {
			throw new IllegalStateException("%s is closed".formatted(this));
		}
		kill();
		this.process = launch();
	}

	/**
	 * Stop the process without ending it (SIGSTOP): connections stay and nothing is
	 * answered until {@link #resume()}.
	 * @throws UnsupportedOperationException on Windows
	 */
	public synchronized void pause() {
		this.process.signal("STOP");
		this.paused = true;
	}

	/**
	 * Let a paused process go on (SIGCONT).
	 * @throws UnsupportedOperationException on Windows
	 */
	public synchronized void resume() {
		this.process.signal("CONT");
		this.paused = false;
	}

	/**
	 * End the server and delete its working directory. Closing twice does no harm.
	 */
	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			kill();
			this.directory.delete();
			Ports.release(this.port);
			Shutdown.remove(this);
		}
	}

	private ServerProcess launch() {
		return ServerProcess.start(this.command, this.directory, this.port, this.password);
	}

	@Override
	public String toString() {
		return "Redis %s on %s:%d (%s)".formatted(getVersion(), HOST, this.port, this.binary.origin());
	}

	/**
	 * What the server to start is like.
	 */
	public static final class Builder {

		private static final int PORT_ATTEMPTS = 10;

		private final ServerConfig config;

		private int port;

		private @Nullable Path binary;

		private @Nullable RedisVersion minimumVersion;

		private boolean sentinel;

		private Builder() {
			this.config = new ServerConfig().add("bind", HOST)
				.add("protected-mode", "no")
				.add("save", "")
				.add("appendonly", "no");
		}

		private Builder(ServerConfig config) {
			this.config = config;
		}

		Builder copy() {
			Builder copy = new Builder(this.config.copy());
			copy.port = this.port;
			copy.binary = this.binary;
			copy.minimumVersion = this.minimumVersion;
			return copy;
		}

		// The same program as a sentinel, which does not know the options of a server.
		Builder sentinel() {
			Builder copy = new Builder(new ServerConfig().add("bind", HOST).add("protected-mode", "no"));
			copy.binary = this.binary;
			copy.minimumVersion = this.minimumVersion;
			copy.sentinel = true;
			return copy;
		}

		@Nullable String get(String name) {
			return this.config.get(name);
		}

		boolean hasPort() {
			return this.port != 0;
		}

		/**
		 * Listen on a certain port instead of a free one.
		 * @param port the port; 0 for a free one
		 * @return this
		 */
		public Builder port(int port) {
			if (port < 0 || port > 65535) {
				throw new IllegalArgumentException("%d is not a port".formatted(port));
			}
			this.port = port;
			return this;
		}

		/**
		 * Add a directive of {@code redis.conf}. A later one overrides an earlier one,
		 * except where the server collects them.
		 * @param name its name, such as {@code maxmemory}
		 * @param values its values, as they are; they are quoted where necessary
		 * @return this
		 */
		public Builder option(String name, String... values) {
			if (name.equalsIgnoreCase("port")) {
				return port(Integer.parseInt(values[0]));
			}
			this.config.add(name, values);
			return this;
		}

		/**
		 * Add directives of {@code redis.conf} as they are written on the command line.
		 * @param options {@code "--requirepass", "secret", "--maxmemory", "10mb"}
		 * @return this
		 */
		public Builder options(String... options) {
			ServerConfig parsed = new ServerConfig().addOptions(options);
			parsed.forEach(this::option);
			return this;
		}

		/**
		 * Run this program instead of looking for one.
		 * @param binary a Redis or Valkey server
		 * @return this
		 */
		public Builder binary(Path binary) {
			this.binary = binary;
			return this;
		}

		/**
		 * Take the first program in reach that is at least this version.
		 * @param version a version such as {@code 7.4}
		 * @return this
		 */
		public Builder minimumVersion(String version) {
			this.minimumVersion = new RedisVersion(version);
			return this;
		}

		/**
		 * Start the server.
		 * @return the server, ready for commands
		 * @throws LocalRedisUnavailableException if there is no server program, or none
		 * of the version asked for; the message says where was looked
		 * @throws LocalRedisException if the server isn't ready within 10 seconds; the
		 * message has the end of its log
		 */
		public LocalRedis start() {
			ServerBinary found = find();
			if (hasPort()) {
				return new LocalRedis(found, this.config, this.sentinel, this.port);
			}
			for (int attempt = 1;; attempt++) {
				int free = Ports.reserve(this.config.isCluster());
				try {
					return new LocalRedis(found, this.config, this.sentinel, free);
				}
				catch (RuntimeException | Error ex) {
					Ports.release(free);
					if (attempt == PORT_ATTEMPTS || !(ex instanceof PortLostException)) {
						throw ex;
					}
				}
			}
		}

		private ServerBinary find() {
			if (this.binary == null) {
				return ServerBinaries.find(this.minimumVersion);
			}
			ServerBinary found = ServerBinary.of(this.binary, this.binary.toString());
			if (this.minimumVersion != null && !found.version().isAtLeast(this.minimumVersion)) {
				throw new LocalRedisUnavailableException("%s is version %s, not at least %s".formatted(this.binary,
						found.version(), this.minimumVersion));
			}
			return found;
		}

	}

}
