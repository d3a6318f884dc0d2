package io.github.redislua.test.internal.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.test.LocalRedisException;

/**
 * One RESP2 connection: enough to set a server up and to look into it.
 */
public final class RespClient implements AutoCloseable {

	private final Socket socket = new Socket();

	private final InputStream in;

	private final OutputStream out;

	public RespClient(String host, int port, Duration timeout) throws IOException {
		int millis = (int) timeout.toMillis();
		try {
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(millis);
			this.socket.connect(new InetSocketAddress(host, port), millis);
			this.in = new BufferedInputStream(this.socket.getInputStream());
			this.out = new BufferedOutputStream(this.socket.getOutputStream());
		}
		catch (IOException ex) {
			this.socket.close();
			throw ex;
		}
	}

	public @Nullable Object call(String... command) throws IOException {
		return text(call(encode(command)));
	}

	public @Nullable Object call(byte[]... command) throws IOException {
		writeLine('*', command.length);
		for (byte[] part : command) {
			writeLine('$', part.length);
			this.out.write(part);
			this.out.write('\r');
			this.out.write('\n');
		}
		this.out.flush();
		Object reply = read();
		if (reply instanceof LocalRedisException error) {
			throw error;
		}
		return reply;
	}

	public static byte[][] encode(String... command) {
		return Arrays.stream(command).map((part) -> part.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
	}

	// Bulk strings as text, at any depth.
	public static @Nullable Object text(@Nullable Object reply) {
		if (reply instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		if (reply instanceof List<?> list) {
			List<@Nullable Object> texts = new ArrayList<>(list.size());
			list.forEach((element) -> texts.add(text(element)));
			return texts;
		}
		return reply;
	}

	private void writeLine(char type, int number) throws IOException {
		this.out.write((type + Integer.toString(number) + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	private @Nullable Object read() throws IOException {
		String line = readLine();
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> rest;
			case '-' -> new LocalRedisException(rest);
			case ':' -> Long.valueOf(rest);
			case '$' -> readBulk(Integer.parseInt(rest));
			case '*' -> readArray(Integer.parseInt(rest));
			default -> throw new IOException("Not a RESP2 reply: " + line);
		};
	}

	private byte @Nullable [] readBulk(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length || this.in.readNBytes(2).length < 2) {
			throw new EOFException("The server closed the connection within a reply");
		}
		return bytes;
	}

	private @Nullable List<@Nullable Object> readArray(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		List<@Nullable Object> elements = new ArrayList<>(length);
		for (int i = 0; i < length; i++) {
			elements.add(read());
		}
		return elements;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\r'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("The server closed the connection");
			}
			line.append((char) next);
		}
		if (this.in.read() != '\n' || line.isEmpty()) {
			throw new IOException("Not a RESP2 reply");
		}
		// Error texts may hold what a client sent.
		return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
