package io.github.redislua.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedis;

/**
 * A line to a server that can be cut: what was sent arrives, what is answered does not.
 */
final class CuttableLine implements AutoCloseable {

	private final LocalRedis redis;

	private final ServerSocket listener;

	private volatile @Nullable String last;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	CuttableLine(LocalRedis redis) {
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

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				connect(this.listener.accept());
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
			start(() -> copy(client, server));
			start(() -> copy(server, client));
		}
		catch (IOException ex) {
			client.close();
			throw ex;
		}
	}

	private void copy(Socket from, Socket to) {
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
				out.write(buffer, 0, read);
				out.flush();
			}
		}
		catch (IOException ex) {
			// Cut.
		}
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
