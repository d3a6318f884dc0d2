package io.github.redislua.test.internal.server;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisUnavailableException;
import io.github.redislua.test.internal.binary.RedisVersion;
import io.github.redislua.test.internal.binary.ServerBinaries;
import io.github.redislua.test.internal.binary.ServerBinary;

/**
 * Which program to start as a server, with which directives.
 */
public final class ServerOptions {

	private static final int PORT_ATTEMPTS = 10;

	private final ServerConfig config;

	private final boolean sentinel;

	private int port;

	private @Nullable Path binary;

	private @Nullable RedisVersion minimumVersion;

	/**
	 * Options of a server that persists nothing.
	 */
	public ServerOptions() {
		this(loopback().add("save", "").add("appendonly", "no"), false);
	}

	private ServerOptions(ServerConfig config, boolean sentinel) {
		this.config = config;
		this.sentinel = sentinel;
	}

	private static ServerConfig loopback() {
		return new ServerConfig().add("bind", Server.HOST).add("protected-mode", "no");
	}

	/**
	 * A copy that can be changed independently.
	 * @return the copy
	 */
	public ServerOptions copy() {
		ServerOptions copy = new ServerOptions(this.config.copy(), this.sentinel);
		copy.port = this.port;
		copy.binary = this.binary;
		copy.minimumVersion = this.minimumVersion;
		return copy;
	}

	/**
	 * The same program as a sentinel, which does not know the directives of a server.
	 * @return the sentinel's options
	 */
	public ServerOptions sentinel() {
		ServerOptions copy = new ServerOptions(loopback(), true);
		copy.binary = this.binary;
		copy.minimumVersion = this.minimumVersion;
		return copy;
	}

	/**
	 * The first value of the last directive with a name.
	 * @param name the name, in lower case
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String get(String name) {
		return this.config.get(name);
	}

	/**
	 * Whether the server is to listen on a certain port.
	 * @return {@code false} if it gets a free one
	 */
	public boolean hasPort() {
		return this.port != 0;
	}

	public ServerOptions port(int port) {
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException(port + " is not a port");
		}
		this.port = port;
		return this;
	}

	public ServerOptions option(String name, String... values) {
		if (name.equalsIgnoreCase("port")) {
			return port(Integer.parseInt(values[0]));
		}
		this.config.add(name, values);
		return this;
	}

	/**
	 * Add directives as they are written on the command line.
	 * @param options {@code "--name", "value", "value", "--name"} and so on
	 * @return this
	 */
	public ServerOptions options(String... options) {
		new ServerConfig().addOptions(options).forEach(this::option);
		return this;
	}

	public ServerOptions binary(Path binary) {
		this.binary = binary;
		return this;
	}

	public ServerOptions minimumVersion(String version) {
		this.minimumVersion = new RedisVersion(version);
		return this;
	}

	/**
	 * Start a server.
	 * @return the server, ready for commands
	 */
	public Server start() {
		ServerBinary found = find();
		if (hasPort()) {
			return new Server(found, this.config, this.sentinel, this.port);
		}
		for (int attempt = 1;; attempt++) {
			int free = Ports.reserve(this.config.isCluster());
			try {
				return new Server(found, this.config, this.sentinel, free);
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
			throw new LocalRedisUnavailableException(
					"%s is version %s, not at least %s".formatted(this.binary, found.version(), this.minimumVersion));
		}
		return found;
	}

}
