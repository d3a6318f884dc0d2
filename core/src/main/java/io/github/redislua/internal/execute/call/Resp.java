package io.github.redislua.internal.execute.call;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.script.Script;

/**
 * Pieces of the Redis protocol that never change.
 */
public final class Resp {

	private static final byte[][] SMALL = new byte[64][];

	static {
		for (int i = 0; i < SMALL.length; i++) {
			SMALL[i] = ascii(Integer.toString(i));
		}
	}

	private static final byte[] LINE_END = ascii("\r\n");

	private static final byte[] SCRIPT = ascii("SCRIPT");

	private static final byte[] LOAD = ascii("LOAD");

	private static final byte[] EXISTS = ascii("EXISTS");

	private static final byte[] COMMAND = ascii("COMMAND");

	private static final byte[] INFO = ascii("INFO");

	private Resp() {
	}

	public static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * A number as text. The array is shared.
	 * @param number a number that is not negative
	 * @return its digits
	 */
	public static byte[] decimal(int number) {
		return (number < SMALL.length) ? SMALL[number] : ascii(Integer.toString(number));
	}

	/**
	 * The beginning of a command on the wire: the number of parts, then the first of
	 * them.
	 * @param parts how many parts the command has
	 * @param first the first parts
	 * @return the bytes
	 */
	public static byte[] head(int parts, byte[]... first) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(ascii("*" + parts + "\r\n"));
		for (byte[] part : first) {
			out.writeBytes(ascii("$" + part.length + "\r\n"));
			out.writeBytes(part);
			out.writeBytes(LINE_END);
		}
		return out.toByteArray();
	}

	public static byte[][] scriptLoad(Script script) {
		return new byte[][] { SCRIPT, LOAD, script.bytes() };
	}

	/**
	 * Whether a command was made by {@link #scriptLoad}.
	 * @param command the command
	 * @return {@code true} if it loads a script
	 */
	@SuppressWarnings("ArrayEquals") // the very same array
	public static boolean isScriptLoad(byte[][] command) {
		return command.length == 3 && command[1] == LOAD;
	}

	/**
	 * The source in a command made by {@link #scriptLoad}.
	 * @param load the command
	 * @return the script's own bytes
	 */
	public static byte[] loadedSource(byte[][] load) {
		return load[2];
	}

	public static byte[][] scriptExists(Collection<Script> scripts) {
		byte[][] command = new byte[2 + scripts.size()][];
		command[0] = SCRIPT;
		command[1] = EXISTS;
		int i = 2;
		for (Script script : scripts) {
			command[i++] = script.sha1Bytes();
		}
		return command;
	}

	/**
	 * Asks for the keys of a call, which a server of a cluster answers only if it has
	 * their slot.
	 * @param call a call with keys
	 * @return the command
	 */
	public static byte[][] keysExist(ScriptCall call) {
		byte[][] command = new byte[1 + call.keyCount()][];
		command[0] = EXISTS;
		System.arraycopy(call.values(), 0, command, 1, call.keyCount());
		return command;
	}

	/**
	 * Whether a neutral reply is a text.
	 * @param reply the reply
	 * @param text the text, in ASCII
	 * @return {@code true} if it is
	 */
	public static boolean isText(@Nullable Object reply, String text) {
		return reply instanceof byte[] bytes && Arrays.equals(bytes, ascii(text));
	}

	public static byte[][] commandInfo(Collection<String> names) {
		byte[][] command = new byte[2 + names.size()][];
		command[0] = COMMAND;
		command[1] = INFO;
		int i = 2;
		for (String name : names) {
			command[i++] = name.getBytes(StandardCharsets.UTF_8);
		}
		return command;
	}

}
