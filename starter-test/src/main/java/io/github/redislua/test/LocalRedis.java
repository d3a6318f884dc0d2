package io.github.redislua.test;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.server.ServerOptions;

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
 * name contains {@code redis}, in class path order. With {@code REDIS_SERVER=embedded}
 * the PATH is not searched, so all machines run the same program.
 * <p>
 * Instances may be used by several threads.
 */
public final class LocalRedis implements AutoCloseable {

	private final Server server;

	LocalRedis(Server server) {
		this.server = server;
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
	 * Describe the server to start.
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
		return this.server.host();
	}

	/**
	 * The port the server listens on. A restart keeps it.
	 * @return the port
	 */
	public int getPort() {
		return this.server.port();
	}

	/**
	 * The server as a URI, as {@code spring.data.redis.url} takes it.
	 * @return {@code redis://127.0.0.1:port}, with {@code :password@} before the host for
	 * a server with {@code requirepass}
	 */
	public String getUri() {
		return this.server.uri();
	}

	/**
	 * The id of the server's process. A restart changes it.
	 * @return the process id
	 */
	public long getPid() {
		return this.server.pid();
	}

	/**
	 * The version of the server program.
	 * @return a version such as {@code 7.0.15}; for Valkey its own version, not the Redis
	 * version it is compatible with
	 */
	public String getVersion() {
		return this.server.version();
	}

	/**
	 * Whether the server's process lives; a paused one does.
	 * @return {@code false} after {@link #kill()}, {@link #close()} or a crash
	 */
	public boolean isRunning() {
		return this.server.isRunning();
	}

	Server server() {
		return this.server;
	}

	/**
	 * Send one command on a new connection.
	 * @param command the command and its arguments, sent as UTF-8
	 * @return bulk and status replies as {@link String}, integers as {@link Long}, arrays
	 * as {@link List}, nil as {@code null}; an error within an array is an element of
	 * type {@link LocalRedisException}
	 * @throws LocalRedisException for an error reply, with its text as message, or if the
	 * server does not answer within 10 seconds
	 */
	public @Nullable Object execute(String... command) {
		return this.server.execute(command);
	}

	/**
	 * Send one binary command on a new connection.
	 * @param command the command and its arguments
	 * @return as {@link #execute(String...)}, but bulk replies as {@code byte[]}
	 * @throws LocalRedisException for an error reply, with its text as message, or if the
	 * server does not answer within 10 seconds
	 */
	public @Nullable Object execute(byte[]... command) {
		return this.server.execute(command);
	}

	/**
	 * End the server at once, as a crash would (SIGKILL). {@link #restart()} brings it
	 * back, without its data.
	 */
	public void kill() {
		this.server.kill();
	}

	/**
	 * Start the server again on the same port and with the same options, ending it first
	 * if it runs. Data and loaded scripts are gone.
	 * @throws LocalRedisException if the port is lost to another process, or the server
	 * isn't ready within 10 seconds
	 * @throws IllegalStateException after {@link #close()}
	 */
	public void restart() {
		this.server.restart();
	}

	/**
	 * Stop the process without ending it (SIGSTOP): connections stay and nothing is
	 * answered until {@link #resume()}.
	 * @throws UnsupportedOperationException on Windows
	 */
	public void pause() {
		this.server.pause();
	}

	/**
	 * Let a paused process go on (SIGCONT).
	 * @throws UnsupportedOperationException on Windows
	 */
	public void resume() {
		this.server.resume();
	}

	/**
	 * End the server and delete its working directory. Closing twice does no harm.
	 */
	@Override
	public void close() {
		this.server.close();
	}

	@Override
	public String toString() {
		return this.server.toString();
	}

	/**
	 * Describes a server to start.
	 */
	public static final class Builder {

		private final ServerOptions options = new ServerOptions();

		private Builder() {
		}

		ServerOptions options() {
			return this.options;
		}

		/**
		 * Listen on a certain port instead of a free one.
		 * @param port the port; 0 for a free one
		 * @return this
		 */
		public Builder port(int port) {
			this.options.port(port);
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
			this.options.option(name, values);
			return this;
		}

		/**
		 * Add directives of {@code redis.conf} as they are written on the command line.
		 * @param options {@code "--requirepass", "secret", "--maxmemory", "10mb"}
		 * @return this
		 */
		public Builder options(String... options) {
			this.options.options(options);
			return this;
		}

		/**
		 * Run this program instead of looking for one.
		 * @param binary a Redis or Valkey server
		 * @return this
		 */
		public Builder binary(Path binary) {
			this.options.binary(binary);
			return this;
		}

		/**
		 * Take the first program in reach that is at least this version.
		 * @param version a version such as {@code 7.4}
		 * @return this
		 */
		public Builder minimumVersion(String version) {
			this.options.minimumVersion(version);
			return this;
		}

		/**
		 * Start the server.
		 * @return the server, ready for commands
		 * @throws LocalRedisUnavailableException if there is no server program, or none
		 * of the version asked for; the message lists the places that were searched
		 * @throws LocalRedisException if the server isn't ready within 10 seconds; the
		 * message has the end of its log
		 */
		public LocalRedis start() {
			return new LocalRedis(this.options.start());
		}

	}

}
