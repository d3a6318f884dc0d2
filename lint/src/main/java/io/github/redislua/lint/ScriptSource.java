package io.github.redislua.lint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A script to check: its name in reports and its bytes. A byte order mark is left out, as
 * it is when the library sends a script.
 */
public final class ScriptSource {

	private final String name;

	private final byte[] bytes;

	private ScriptSource(String name, byte[] bytes) {
		this.name = name;
		this.bytes = hasMark(bytes) ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
	}

	/**
	 * A script from its text.
	 * @param name the name in reports, such as {@code lua/rate.lua}
	 * @param text the script
	 * @return the source
	 */
	public static ScriptSource of(String name, String text) {
		return new ScriptSource(name, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A script from its bytes, which are not copied.
	 * @param name the name in reports, such as {@code lua/rate.lua}
	 * @param bytes the script
	 * @return the source
	 */
	public static ScriptSource of(String name, byte[] bytes) {
		return new ScriptSource(name, bytes);
	}

	/**
	 * A script from a file, named as the path is written.
	 * @param file the file
	 * @return the source
	 * @throws IOException if it cannot be read
	 */
	public static ScriptSource of(Path file) throws IOException {
		return new ScriptSource(file.toString(), Files.readAllBytes(file));
	}

	/**
	 * The name in reports.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	byte[] bytes() {
		return this.bytes;
	}

	private static boolean hasMark(byte[] bytes) {
		return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
