package io.github.redislua.test.internal.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.internal.binary.EmbeddedBinary;

/**
 * A server's process, from its start until it is ended. It only ever touches the process
 * it started.
 */
final class ServerProcess {

	private static final Duration READY = Duration.ofSeconds(10);

	private static final Duration PING = Duration.ofSeconds(1);

	private static final int POLL_MILLIS = 5;

	private static final int BUSY_ATTEMPTS = 20;

	private final Process process;

	private final int port;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Start a server and wait until it answers.
	 * @param command the program and its arguments
	 * @param directory its working directory
	 * @param port the port it was told to listen on
	 * @param password the password for its default user, or {@code null}
	 * @return the process
	 * @throws PortLostException if another process has the port
	 * @throws LocalRedisException if the server ends, or isn't ready within 10 seconds
	 */
	static ServerProcess start(List<String> command, ServerDirectory directory, int port, @Nullable String password) {
		ServerProcess server = new ServerProcess(launch(command, directory), port);
		Guardian.add(server.process);
		try {
			server.awaitReady(directory, password);
			return server;
		}
		catch (RuntimeException | Error ex) {
			server.kill();
			throw ex;
		}
	}

	private static Process launch(List<String> command, ServerDirectory directory) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.path().toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()));
		for (int attempt = 1;; attempt++) {
			try {
				Process process = builder.start();
				process.getOutputStream().close();
				return process;
			}
			catch (IOException ex) {
				// A process forked while the program was extracted may still hold the
				// file.
				if (attempt == BUSY_ATTEMPTS || !String.valueOf(ex.getMessage()).contains("Text file busy")) {
					throw new LocalRedisException("%s cannot be run: %s".formatted(command.get(0), ex.getMessage()),
							ex);
				}
				sleep();
			}
		}
	}

	private void awaitReady(ServerDirectory directory, @Nullable String password) {
		long deadline = System.nanoTime() + READY.toNanos();
		Exception last = null;
		while (System.nanoTime() < deadline) {
			if (!this.process.isAlive()) {
				throw ended(directory);
			}
			try (RespClient client = new RespClient(Server.HOST, this.port, PING)) {
				if (isReady(client, password)) {
					return;
				}
			}
			catch (IOException ex) {
				last = ex;
			}
			sleep();
		}
		throw new LocalRedisException("The server on port %s was not ready within %s s. The end of its log:%n  %s"
			.formatted(this.port, READY.toSeconds(), directory.logTail()), last);
	}

	private boolean isReady(RespClient client, @Nullable String password) throws IOException {
		try {
			if (password != null) {
				client.call("AUTH", password);
			}
			client.call("PING");
			checkOwner(String.valueOf(client.call("INFO", "server")));
		}
		catch (PortLostException ex) {
			throw ex;
		}
		catch (LocalRedisException ex) {
			// "NOAUTH ..." and the like: it is up, but not open to everybody.
			return !String.valueOf(ex.getMessage()).startsWith("LOADING");
		}
		return true;
	}

	// What answers on the port may be another server, which was faster.
	private void checkOwner(String info) {
		for (String line : info.split("\r\n")) {
			if (line.startsWith("process_id:")) {
				long pid = Long.parseLong(line.substring(line.indexOf(':') + 1));
				if (handles().noneMatch((handle) -> handle.pid() == pid)) {
					throw new PortLostException(
							"Port %s belongs to another server, process %s".formatted(this.port, pid));
				}
			}
		}
	}

	private LocalRedisException ended(ServerDirectory directory) {
		String log = directory.logTail();
		String message = "The server for port %s ended with exit code %s. The end of its log:%n  %s"
			.formatted(this.port, this.process.exitValue(), log);
		return (log.contains("Failed listening on port")) ? new PortLostException(message)
				: new LocalRedisException(message);
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * End the process at once. Nothing is persisted, so there is nothing to wait for.
	 */
	void kill() {
		List<ProcessHandle> handles = handles().toList();
		handles.forEach(ProcessHandle::destroyForcibly);
		handles.forEach(ServerProcess::awaitEnd);
		boolean interrupted = false;
		while (true) {
			try {
				this.process.waitFor();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		Guardian.remove(this.process);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static void awaitEnd(ProcessHandle handle) {
		handle.onExit().completeOnTimeout(handle, PING.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	/**
	 * Send a signal to the process.
	 * @param name the signal's name, without SIG
	 */
	void signal(String name) {
		if (EmbeddedBinary.isWindows()) {
			throw new UnsupportedOperationException("Windows has no signal " + name);
		}
		try {
			// A shell has kill built in; not every container has the program.
			Process kill = new ProcessBuilder(Path.of("/bin/sh").toString(), "-c", "kill -%s %s".formatted(name, pid()))
				.start();
			if (!kill.waitFor(PING.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
				kill.destroyForcibly();
				throw new LocalRedisException("Process %s did not take signal %s".formatted(pid(), name));
			}
		}
		catch (IOException ex) {
			throw new LocalRedisException("Signal %s cannot be sent".formatted(name), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LocalRedisException("Interrupted while sending signal " + name, ex);
		}
	}

	// The process itself, and the server where the program is a script that calls it.
	private Stream<ProcessHandle> handles() {
		return Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants());
	}

	private static void sleep() {
		Polling.sleep(POLL_MILLIS);
	}

}
