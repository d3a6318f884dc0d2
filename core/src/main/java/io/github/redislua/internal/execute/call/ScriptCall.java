package io.github.redislua.internal.execute.call;

import java.nio.charset.StandardCharsets;

import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.CallValues;

/**
 * One call of a script, ready to be sent.
 *
 * @param command the command to run it with
 * @param target the script as the method calls it
 * @param sent the keys and the arguments
 */
public record ScriptCall(EvalCommand command, MethodScript target, CallValues sent) {

	public ScriptCall with(EvalCommand other) {
		return new ScriptCall(other, this.target, this.sent);
	}

	public CallOptions options() {
		return this.target.options();
	}

	/**
	 * What is sent, the keys first.
	 * @return the values, not to be changed
	 */
	public byte[][] values() {
		return this.sent.values();
	}

	/**
	 * How many of the values are keys.
	 * @return the number of keys
	 */
	public int keyCount() {
		return this.sent.keyCount();
	}

	/**
	 * Whether an error with a code may be one that the script made itself, in words of
	 * its own source or of this call's values.
	 * @param code the error code, in ASCII
	 * @return {@code false} if such an error is the server's
	 */
	public boolean mayMake(String code) {
		// A table's field may have its name from a value, too.
		boolean mayReturnErrors = this.target.script().mayReturnErrors() || isInValues("err");
		return mayReturnErrors && (this.target.script().mentions(code) || isInValues(code));
	}

	private boolean isInValues(String text) {
		for (byte[] value : values()) {
			if (new String(value, StandardCharsets.ISO_8859_1).contains(text)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The command on the wire up to its values.
	 * @return the bytes, not to be changed
	 */
	public byte[] head() {
		return this.target.head(this.command, values().length, keyCount());
	}

	/**
	 * The digest or the source, whichever the command takes.
	 * @return the bytes to send
	 */
	public byte[] body() {
		return this.command.bySource() ? this.target.script().bytes() : this.target.script().sha1Bytes();
	}

	/**
	 * The whole command.
	 * @return the command's name and its arguments
	 */
	public byte[][] toArguments() {
		byte[][] values = values();
		byte[][] arguments = new byte[values.length + 3][];
		arguments[0] = this.command.bytes();
		arguments[1] = body();
		arguments[2] = Resp.decimal(keyCount());
		System.arraycopy(values, 0, arguments, 3, values.length);
		return arguments;
	}

}
