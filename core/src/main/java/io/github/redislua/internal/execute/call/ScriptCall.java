package io.github.redislua.internal.execute.call;

import io.github.redislua.internal.execute.CallOptions;

/**
 * One call of a script, ready to be sent.
 *
 * @param command the command to run it with
 * @param target the script and what is the same for all calls
 * @param values the keys, then the arguments
 * @param keyCount how many of the values are keys
 */
public record ScriptCall(EvalCommand command, ScriptTarget target, byte[][] values, int keyCount) {

	public ScriptCall with(EvalCommand other) {
		return new ScriptCall(other, this.target, this.values, this.keyCount);
	}

	public CallOptions options() {
		return this.target.options();
	}

	public byte[] head() {
		return this.target.head(this.command, this.values.length, this.keyCount);
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
		byte[][] arguments = new byte[this.values.length + 3][];
		arguments[0] = this.command.bytes();
		arguments[1] = body();
		arguments[2] = Resp.decimal(this.keyCount);
		System.arraycopy(this.values, 0, arguments, 3, this.values.length);
		return arguments;
	}

}
