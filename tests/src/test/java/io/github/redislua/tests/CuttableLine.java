package io.github.redislua.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedis;

/**
 * A line to a server that can be cut: what was sent arrives, what is answered does not.
 * It can be long, so that everything takes its time, thin, so that answers come in small
 * pieces, and lead to another server, as an address does after a failover.
 */
public final class CuttableLine implements AutoCloseable {

	private final ServerSocket listener;

	private final AtomicInteger accepted = new AtomicInteger();

	private volatile LocalRedis redis;

	private volatile @Nullable String last;

	private volatile long delay;

	private volatile int piece;

	private volatile long pause;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	/**
	 * Create a new line.
	 * @param redis the server that it leads to
	 */
	public CuttableLine(LocalRedis redis) {
		this.redis = redis;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * Where to connect to.
	 * @return the port on the loopback address
	 */
	public int getPort() {
		return this.listener.getLocalPort();
	}

	/**
	 * Closes a connection, once, when a text is sent on it, which does not arrive.
	 * @param text the text
	 */
	void cutBefore(String text) {
		this.last = text;
	}

	/**
	 * Closes all connections on the side of the client. New ones can be made.
	 */
	void cut() {
		// A copy: clients are quick to connect again.
		List<Socket> connected = List.copyOf(this.sockets);
		connected.forEach(this.sockets::remove);
		connected.forEach(CuttableLine::close);
	}

	/**
	 * Sends new connections to another server. Those that are open stay where they are.
	 * @param redis the other server
	 */
	void leadTo(LocalRedis redis) {
		this.redis = redis;
	}

	/**
	 * Has everything take its time, on the way there and on the way back.
	 * @param delay the time for each way
	 */
	void delay(Duration delay) {
		this.delay = delay.toMillis();
	}

	/**
	 * Brings answers in small pieces.
	 * @param bytes how long a piece is
	 * @param pause the time before each piece
	 */
	public void trickle(int bytes, Duration pause) {
		this.pause = pause.toMillis();
		this.piece = bytes;
	}

	/**
	 * How many connections were made so far.
	 * @return the number of connections, open or not
	 */
	int accepted() {
		return this.accepted.get();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.accepted.incrementAndGet();
				connect(client);
			}
			catch (IOException ex) {
				// Closed, or the server is down: the client's connection is closed then.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		this.sockets.add(client);
		try {
			Socket server = new Socket(this.redis.getHost(), this.redis.getPort());
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			start(() -> copy(client, server, false));
			start(() -> copy(server, client, true));
		}
		catch (IOException ex) {
			client.close();
			throw ex;
		}
	}

	private void copy(Socket from, Socket to, boolean answers) {
		// Delayed, not held up: what comes later is under way meanwhile.
		ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "cuttable-line");
			thread.setDaemon(true);
			return thread;
		});
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				String last = this.last;
				if (last != null && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(last)) {
					this.last = null;
					return;
				}
				byte[] bytes = Arrays.copyOf(buffer, read);
				late.schedule(() -> write(out, bytes, answers ? this.piece : 0), this.delay, TimeUnit.MILLISECONDS);
			}
			late.shutdown();
			late.awaitTermination(10, TimeUnit.SECONDS);
		}
		catch (IOException | InterruptedException ex) {
			// Cut.
		}
		finally {
			late.shutdownNow();
		}
	}

	private Void write(OutputStream out, byte[] bytes, int piece) throws IOException, InterruptedException {
		int step = (piece > 0) ? piece : bytes.length;
		for (int start = 0; start < bytes.length; start += step) {
			if (piece > 0) {
				Thread.sleep(this.pause);
			}
			out.write(bytes, start, Math.min(step, bytes.length - start));
			out.flush();
		}
		return null;
	}

	private static void start(Runnable runnable) {
		Thread thread = new Thread(runnable, "line");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

}
