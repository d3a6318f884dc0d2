package io.github.redislua.execute;

import org.jspecify.annotations.Nullable;

import io.github.redislua.script.Script;

/**
 * A script as one method calls it, with what can be encoded beforehand.
 */
final class ScriptTarget {

	private final Script script;

	private final CallOptions options;

	// Methods nearly always send the same number of values: the last head is kept. The
	// record's fields are final, so a race only costs making it again.
	private @Nullable Head head;

	ScriptTarget(Script script, CallOptions options) {
		this.script = script;
		this.options = options;
	}

	Script script() {
		return this.script;
	}

	CallOptions options() {
		return this.options;
	}

	/**
	 * The command on the wire up to its values.
	 * @param command the command
	 * @param values the number of keys and arguments
	 * @param keyCount the number of keys
	 * @return the bytes, not to be changed
	 */
	byte[] head(EvalCommand command, int values, int keyCount) {
		Head last = this.head;
		if (last != null && last.command == command && last.values == values && last.keyCount == keyCount) {
			return last.bytes;
		}
		byte[] body = command.bySource() ? this.script.bytes() : this.script.sha1Bytes();
		byte[] bytes = Resp.head(values + 3, command.bytes(), body, Resp.decimal(keyCount));
		if (!command.bySource()) {
			this.head = new Head(command, values, keyCount, bytes);
		}
		return bytes;
	}

	@SuppressWarnings("ArrayRecordComponent") // not compared
	private record Head(EvalCommand command, int values, int keyCount, byte[] bytes) {

	}

}
