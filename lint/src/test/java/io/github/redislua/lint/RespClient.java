package io.github.redislua.lint;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Talks to a Redis on the loopback interface: text as strings (a character a byte),
 * numbers as longs, errors as {@link ErrorReply}.
 */
public final class RespClient implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	public RespClient(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(20_000);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	public Object command(String... words) throws IOException {
		byte[][] bytes = new byte[words.length][];
		for (int i = 0; i < words.length; i++) {
			bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
		}
		return command(bytes);
	}

	public Object command(byte[]... words) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
		for (byte[] word : words) {
			out.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
			out.writeBytes(word);
			out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
		}
		this.socket.getOutputStream().write(out.toByteArray());
		return read();
	}

	private Object read() throws IOException {
		String line = line();
		String rest = line.substring(1);
		switch (line.charAt(0)) {
			case '+':
				return rest;
			case '-':
				return new ErrorReply(rest);
			case ':':
				return Long.valueOf(rest);
			case '$':
				int length = Integer.parseInt(rest);
				if (length < 0) {
					return null;
				}
				byte[] bytes = this.in.readNBytes(length);
				line();
				return new String(bytes, StandardCharsets.ISO_8859_1);
			case '*':
				int size = Integer.parseInt(rest);
				if (size < 0) {
					return null;
				}
				List<Object> list = new ArrayList<>(size);
				for (int i = 0; i < size; i++) {
					list.add(read());
				}
				return list;
			default:
				throw new IOException("Unexpected reply: " + line);
		}
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = this.in.read(); c != '\r'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException();
			}
			line.append((char) c);
		}
		this.in.read();
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	public record ErrorReply(String message) {

	}

}
