package io.github.redislua.internal.execute.call;

import org.jspecify.annotations.Nullable;

/**
 * Another server of a cluster that a server named instead of running a call.
 *
 * @param slot the slot of the keys
 * @param host where the other server is, empty for the host of the server that answered
 * @param port its port
 * @param asking whether the slot is on its way there ({@code ASK}), so that only this one
 * call goes there
 */
public record Redirection(int slot, String host, int port, boolean asking) {

	/**
	 * Reads a redirection. A script may return an error that looks like one, and must not
	 * run again for that: only one about the slot of the call counts.
	 * @param error the server's answer
	 * @param slot the slot of the call, negative if it has no keys
	 * @return the redirection, {@code null} if the answer is none
	 */
	public static @Nullable Redirection of(ErrorReply error, int slot) {
		boolean moved = error.hasCode("MOVED");
		if (slot < 0 || (!moved && !error.hasCode("ASK")) || error.raisedInScript()) {
			return null;
		}
		String[] words = error.text().split(" ");
		int colon = words[words.length - 1].lastIndexOf(':');
		if (words.length != 3 || colon < 0 || !words[1].equals(Integer.toString(slot))) {
			return null;
		}
		String host = words[2].substring(0, colon);
		try {
			int port = Integer.parseInt(words[2].substring(colon + 1));
			return new Redirection(slot, host.equals("?") ? "" : host, port, !moved);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	public Redirection from(String answeringHost) {
		return this.host.isEmpty() ? new Redirection(this.slot, answeringHost, this.port, this.asking) : this;
	}

}
