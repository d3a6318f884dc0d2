package io.github.redislua.test.internal.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.internal.binary.ServerBinary;

/**
 * A server in a process of this JVM, or a sentinel. Instances may be used by several
 * threads.
 */
public final class Server implements AutoCloseable {

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

	Server(ServerBinary binary, ServerConfig config, boolean sentinel, int port) {
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

	public String host() {
		return HOST;
	}

	public int port() {
		return this.port;
	}

	/**
	 * Address of the server.
	 * @return {@code host:port}
	 */
	public String address() {
		return HOST + ":" + this.port;
	}

	public String uri() {
		String user = (this.password == null) ? ""
				: ":" + URLEncoder.encode(this.password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
		return "redis://" + user + address();
	}

	public long pid() {
		return this.process.pid();
	}

	public String version() {
		return this.binary.version().text();
	}

	public @Nullable String password() {
		return this.password;
	}

	public boolean isRunning() {
		return this.process.isAlive();
	}

	/**
	 * Whether the server can answer now.
	 * @return {@code false} if it does not run or is paused
	 */
	public boolean isResponsive() {
		return isRunning() && !this.paused;
	}

	/**
	 * Send one command on a new connection.
	 * @param command the command and its arguments, sent as UTF-8
	 * @return the reply, with bulk strings as text
	 */
	public @Nullable Object execute(String... command) {
		return execute(TIMEOUT, command);
	}

	/**
	 * Send one command on a new connection.
	 * @param timeout how long to wait for the reply
	 * @param command the command and its arguments, sent as UTF-8
	 * @return the reply, with bulk strings as text
	 */
	public @Nullable Object execute(Duration timeout, String... command) {
		return RespClient.text(execute(timeout, RespClient.encode(command)));
	}

	/**
	 * Send one binary command on a new connection.
	 * @param command the command and its arguments
	 * @return the reply, with bulk strings as bytes
	 */
	public @Nullable Object execute(byte[]... command) {
		return execute(TIMEOUT, command);
	}

	private @Nullable Object execute(Duration timeout, byte[]... command) {
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
	 * End the process at once (SIGKILL).
	 */
	public synchronized void kill() {
		this.process.kill();
		this.paused = false;
	}

	/**
	 * Start the server again on the same port and with the same options. If it runs it is
	 * ended first.
	 */
	public synchronized void restart() {
		if (this.closed) {
			throw new IllegalStateException("%s is closed".formatted(this));
		}
		kill();
		this.process = launch();
	}

	/**
	 * Stop the process without ending it (SIGSTOP).
	 */
	public synchronized void pause() {
		this.process.signal("STOP");
		this.paused = true;
	}

	/**
	 * Let a paused process go on (SIGCONT).
	 */
	public synchronized void resume() {
		if (this.process.isAlive()) {
			this.process.signal("CONT");
		}
		this.paused = false;
	}

	/**
	 * End the process and delete its directory. Closing twice does no harm.
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
		return "Redis %s on %s (%s)".formatted(version(), address(), this.binary.origin());
	}

}
