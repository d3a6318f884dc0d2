package io.github.redislua.internal.execute.lettuce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.MapReply;
import io.github.redislua.internal.execute.call.ErrorReply;
import io.github.redislua.internal.execute.call.Redirection;

/**
 * Collects the reply to a call in a pipeline or a transaction of Spring Data Redis as the
 * application gets it. An error is Lettuce's to see as well: it follows redirections.
 */
final class LettucePipelineOutput extends LettuceReplyOutput {

	private int slot = -1;

	private boolean cluster;

	private @Nullable String text;

	private boolean nested;

	private boolean redirected;

	/**
	 * Says where the reply comes from.
	 * @param slot the slot of the keys, -1 if there are none
	 * @param cluster whether it comes from a cluster
	 */
	void expect(int slot, boolean cluster) {
		this.slot = slot;
		this.cluster = cluster;
	}

	@Override
	public void reset() {
		super.reset();
		this.text = null;
		this.nested = false;
		this.redirected = false;
	}

	boolean isRedirected() {
		return this.redirected;
	}

	boolean isMissingScript() {
		return this.text != null && new ErrorReply(this.text, this.nested, null).isMissingScript();
	}

	boolean isReadOnlyReplica() {
		return this.text != null && !this.nested && new ErrorReply(this.text, false, null).isReadOnlyReplica();
	}

	/**
	 * Whether the error is one of the script itself.
	 * @return {@code true} if the script ran
	 */
	boolean ran() {
		return this.text != null && (this.nested || new ErrorReply(this.text, false, null).raisedInScript());
	}

	/**
	 * Takes over the error of the same call that was sent again.
	 * @param other where its reply was collected
	 */
	void fail(LettucePipelineOutput other) {
		this.text = other.text;
	}

	/**
	 * Sets an error that is not the server's.
	 * @param error the error, of which the first one counts
	 */
	void fail(@Nullable String error) {
		if (this.text == null) {
			this.text = String.valueOf(error);
		}
	}

	@Override
	public void setError(@Nullable String error) {
		if (error == null) {
			// Lettuce is about to follow a redirection.
			this.text = null;
			return;
		}
		if (this.text != null) {
			// The first one counts.
			return;
		}
		this.nested = isInside();
		ErrorReply reply = new ErrorReply(error, this.nested, null);
		this.redirected = Redirection.of(reply, this.slot) != null;
		boolean followed = this.redirected || !this.cluster || !(reply.hasCode("MOVED") || reply.hasCode("ASK"));
		// Lettuce would run a script again whose own error begins like that.
		this.text = followed ? error : "ERR " + error;
	}

	@Override
	public boolean hasError() {
		return this.text != null;
	}

	@Override
	@SuppressWarnings("NullAway")
	public String getError() {
		return this.text;
	}

	@Override
	@SuppressWarnings("NullAway")
	public Object get() {
		return plain(super.get());
	}

	private static @Nullable Object plain(@Nullable Object reply) {
		if (reply instanceof List<?> list) {
			List<@Nullable Object> result = new ArrayList<>(list.size());
			list.forEach((element) -> result.add(plain(element)));
			return result;
		}
		if (reply instanceof MapReply map) {
			Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
			List<@Nullable Object> entries = map.entries();
			for (int i = 0; i < entries.size(); i += 2) {
				result.put(plain(entries.get(i)), plain(entries.get(i + 1)));
			}
			return result;
		}
		return reply;
	}

}
