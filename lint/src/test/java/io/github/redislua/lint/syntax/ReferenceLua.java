package io.github.redislua.lint.syntax;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One {@code lua5.1} process that says of many chunks whether they compile.
 */
final class ReferenceLua {

	/** How many levels of the C stack the interpreter itself takes. */
	static final int LEVEL = 2;

	private ReferenceLua() {
	}

	static boolean isAvailable() {
		try {
			Process process = new ProcessBuilder("lua5.1", "-v").redirectErrorStream(true).start();
			process.getInputStream().readAllBytes();
			return process.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	// The verdicts: "ok" or the message, with control characters as a backslash and three
	// digits.
	static List<String> verdicts(List<byte[]> chunks) throws IOException {
		Path driver = Files.createTempFile("differential", ".lua");
		try {
			try (InputStream resource = ReferenceLua.class.getResourceAsStream("/differential.lua")) {
				Files.copy(resource, driver, StandardCopyOption.REPLACE_EXISTING);
			}
			Process process = new ProcessBuilder("lua5.1", driver.toString())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			Thread writer = new Thread(() -> write(chunks, process.getOutputStream()));
			writer.start();
			List<String> verdicts = new ArrayList<>(chunks.size());
			try (BufferedReader reader = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
				for (String line = reader.readLine(); line != null; line = reader.readLine()) {
					verdicts.add(line);
				}
			}
			process.destroy();
			return verdicts;
		}
		finally {
			Files.delete(driver);
		}
	}

	private static void write(List<byte[]> chunks, OutputStream stream) {
		try (OutputStream out = new BufferedOutputStream(stream, 1 << 16)) {
			for (byte[] chunk : chunks) {
				out.write((chunk.length + "\n").getBytes(StandardCharsets.US_ASCII));
				out.write(chunk);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// The verdict of our parser in the same form.
	static String ours(byte[] chunk) {
		try {
			Parser.parse(chunk, 0, LEVEL);
			return "ok";
		}
		catch (LuaSyntaxException ex) {
			String position = (ex.line() > 0) ? "user_script:" + ex.line() + ": " : "";
			return escape(position + ex.getMessage());
		}
	}

	private static String escape(String message) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < message.length(); i++) {
			char c = message.charAt(i);
			if (c < 32 || c == 127 || c == '\\') {
				result.append(String.format(Locale.ROOT, "\\%03d", (int) c));
			}
			else {
				result.append(c);
			}
		}
		return result.toString();
	}

}
