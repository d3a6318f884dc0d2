package io.github.redislua.tests.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.redislua.test.LocalRedis;

/**
 * A line with a latency to a server, which knows what a client sent between two replies.
 */
final class RoundTrips implements AutoCloseable {

	private static final long LATENCY = 100;

	private final LocalRedis redis;

	private final ServerSocket listener;

	private final List<ByteArrayOutputStream> trips = new ArrayList<>();

	private boolean answered = true;

	RoundTrips(LocalRedis redis) {
		this.redis = redis;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int getPort() {
		return this.listener.getLocalPort();
	}

	/**
	 * What was sent in each round trip that has a certain text.
	 * @param text text such as {@code EXISTS}
	 * @return what was sent, one element for each round trip
	 */
	synchronized List<String> with(String text) {
		return this.trips.stream()
			.map((trip) -> trip.toString(StandardCharsets.UTF_8))
			.filter((trip) -> trip.contains(text))
			.toList();
	}

	private synchronized void sent(byte[] bytes, int length) {
		if (this.answered) {
			this.trips.add(new ByteArrayOutputStream());
			this.answered = false;
		}
		this.trips.get(this.trips.size() - 1).write(bytes, 0, length);
	}

	private synchronized void answered() {
		this.answered = true;
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				Socket server = new Socket(this.redis.getHost(), this.redis.getPort());
				start(() -> copy(client, server, false));
				start(() -> copy(server, client, true));
			}
			catch (IOException ex) {
				// Closed.
			}
		}
	}

	private void copy(Socket from, Socket to, boolean replies) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (replies) {
					Thread.sleep(LATENCY);
					answered();
				}
				else {
					sent(buffer, read);
				}
				out.write(buffer, 0, read);
				out.flush();
			}
		}
		catch (IOException | InterruptedException ex) {
			// Closed.
		}
	}

	private static void start(Runnable runnable) {
		Thread thread = new Thread(runnable, "round-trips");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
