package io.github.redislua.internal.execute.call;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.script.Script;

/**
 * A script as one method calls it, with what can be encoded beforehand.
 */
public final class MethodScript {

	private final Script script;

	private final CallOptions options;

	private final long timeout;

	private final boolean speaksOfMissingScripts;

	// Methods nearly always send the same number of values: the last head is kept. The
	// record's fields are final, so a race only costs making it again.
	private @Nullable Head head;

	public MethodScript(Script script, CallOptions options) {
		this.script = script;
		this.options = options;
		Duration timeout = options.timeout();
		this.speaksOfMissingScripts = script.mentions("NOSCRIPT");
		this.timeout = (timeout != null) ? timeout.toNanos() : 0;
	}

	public Script script() {
		return this.script;
	}

	public CallOptions options() {
		return this.options;
	}

	/**
	 * Whether an error of the script itself may look as if the script were missing.
	 * @return {@code true} if its source has the word
	 */
	public boolean speaksOfMissingScripts() {
		return this.speaksOfMissingScripts;
	}

	/**
	 * How long the method waits for the outcome of a call.
	 * @return nanoseconds, 0 for the client's own timeout
	 */
	public long timeout() {
		return this.timeout;
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
