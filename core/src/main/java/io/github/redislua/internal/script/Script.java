package io.github.redislua.internal.script;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptDefinition;

/**
 * A script: its name, where it comes from, and the bytes that are sent. Immutable.
 */
public final class Script implements LuaScriptDefinition {

	/**
	 * {@code {err = ...}}, {@code redis.error_reply}, {@code error}; a table that was
	 * decoded; code or names that are put together.
	 */
	private static final String[] ERRORS = { "err", "cjson", "cmsgpack", "loadstring", "setfenv", "_G", "\\" };

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final String name;

	private final String location;

	private final String path;

	private final byte[] bytes;

	private final boolean mayReturnErrors;

	private final String sha1;

	private final byte[] sha1Bytes;

	private final Set<String> flags;

	private final String origin;

	private final @Nullable Path file;

	private Script(String name, String location, String path, String origin, @Nullable Path file, byte[] bytes) {
		this.file = file;
		this.name = name;
		this.location = location;
		this.path = path;
		this.origin = origin;
		this.bytes = bytes;
		this.sha1 = sha1(bytes);
		this.sha1Bytes = this.sha1.getBytes(StandardCharsets.US_ASCII);
		this.flags = flags(bytes);
		this.mayReturnErrors = mentionsAny(bytes, ERRORS);
	}

	/**
	 * A script read from a resource.
	 * @param name the script's name
	 * @param location the description of the resource
	 * @param path the short path that error messages show, such as
	 * {@code lua/stock/reserve.lua}
	 * @param origin where exactly it was found, a URL that tells two jars apart
	 * @param content the content of the file; a byte order mark is dropped because Redis
	 * refuses it
	 * @return the script
	 */
	public static Script of(String name, String location, String path, String origin, byte[] content) {
		return new Script(name, location, path, origin, null, withoutByteOrderMark(content));
	}

	/**
	 * A script written in an annotation.
	 * @param name {@code Interface.method}
	 * @param place the full name of the method
	 * @param source Lua source
	 * @return the script
	 */
	public static Script inline(String name, String place, String source) {
		String location = "inline source of " + place;
		return of(name, location, name, location, source.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The same script, in a file that may change.
	 * @param file the file
	 * @return the script
	 */
	public Script in(Path file) {
		return new Script(this.name, this.location, this.path, this.origin, file, this.bytes);
	}

	/**
	 * The same script with another content.
	 * @param content the content of the file
	 * @return the script
	 */
	public Script with(byte[] content) {
		return new Script(this.name, this.location, this.path, this.origin, this.file, withoutByteOrderMark(content));
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String sha1() {
		return this.sha1;
	}

	@Override
	public String location() {
		return this.location;
	}

	@Override
	public boolean readOnly() {
		return this.flags.contains("no-writes");
	}

	@Override
	public Set<String> flags() {
		return this.flags;
	}

	/**
	 * The short path that error messages show.
	 * @return for example {@code lua/stock/reserve.lua}
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Where exactly the script was found.
	 * @return a URL for a script in a file
	 */
	public String origin() {
		return this.origin;
	}

	/**
	 * The file that the script was read from.
	 * @return the file, {@code null} for a script in a jar or in an annotation
	 */
	public @Nullable Path file() {
		return this.file;
	}

	/**
	 * The bytes that are sent. Not to be changed.
	 * @return the source
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	private static boolean mentionsAny(byte[] source, String... words) {
		String text = new String(source, StandardCharsets.ISO_8859_1);
		for (String word : words) {
			if (text.contains(word)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the source contains a text.
	 * @param text the text
	 * @return {@code true} if it does
	 */
	public boolean mentions(String text) {
		return new String(this.bytes, StandardCharsets.ISO_8859_1).contains(text);
	}

	/**
	 * Whether the script may return an error of its own making, whose text then may look
	 * like any of the server's. Without these words it would take a field whose name
	 * comes from the values of the call or from data in Redis.
	 * @return {@code false} if every error of a call is the server's
	 */
	public boolean mayReturnErrors() {
		return this.mayReturnErrors;
	}

	/**
	 * The digest as it is sent. Not to be changed.
	 * @return 40 ASCII bytes
	 */
	public byte[] sha1Bytes() {
		return this.sha1Bytes;
	}

	@Override
	public String toString() {
		return "script '" + this.name + "' (" + this.location + ")";
	}

	private static byte[] withoutByteOrderMark(byte[] content) {
		for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
			if (content.length <= i || content[i] != BYTE_ORDER_MARK[i]) {
				return content;
			}
		}
		byte[] bytes = new byte[content.length - BYTE_ORDER_MARK.length];
		System.arraycopy(content, BYTE_ORDER_MARK.length, bytes, 0, bytes.length);
		return bytes;
	}

	private static String sha1(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-1", ex);
		}
	}

	// Reads {@code #!lua flags=a,b}; what is wrong with that line is the server's word.
	private static Set<String> flags(byte[] bytes) {
		if (bytes.length < 2 || bytes[0] != '#' || bytes[1] != '!') {
			return Collections.emptySet();
		}
		int end = 0;
		while (end < bytes.length && bytes[end] != '\n') {
			end++;
		}
		Set<String> flags = new LinkedHashSet<>();
		for (String option : new String(bytes, 0, end, StandardCharsets.UTF_8).strip().split("\\s+")) {
			if (option.startsWith("flags=")) {
				flags.addAll(List.of(option.substring("flags=".length()).split(",")));
			}
		}
		flags.remove("");
		return Collections.unmodifiableSet(flags);
	}

}
