package io.github.redislua.internal.execute.call;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.script.Script;

/**
 * One server that runs scripts, and what is known of the scripts in its cache. Replies
 * come back in the neutral form; an error of the server is an {@link ErrorReply}, never
 * an exception.
 */
public abstract class ScriptNode {

	private final String name;

	private final Map<String, LoadState> states = new ConcurrentHashMap<>();

	private final RefusedLoads refusedLoads;

	public ScriptNode(String name) {
		this.name = name;
		this.refusedLoads = new RefusedLoads(name);
	}

	/**
	 * The server's name.
	 * @return {@code host:port}, or what stands for it
	 */
	public String name() {
		return this.name;
	}

	/**
	 * What is known of a script on this server.
	 * @param script the script
	 * @return the state, always the same object for the same source
	 */
	public LoadState state(Script script) {
		LoadState state = this.states.get(script.sha1());
		return (state != null) ? state : this.states.computeIfAbsent(script.sha1(), (sha1) -> new LoadState());
	}

	/**
	 * Whether the server refused to load scripts a short while ago.
	 * @return what is known of it
	 */
	public RefusedLoads refusedLoads() {
		return this.refusedLoads;
	}

	/**
	 * Whether a call that finds its script missing is sent again with the source, because
	 * {@code SCRIPT LOAD} need not reach the same server.
	 * @param call the call
	 * @return {@code true} if so
	 */
	public boolean isHealedWithSource(ScriptCall call) {
		return false;
	}

	/**
	 * Sends one call and waits for its reply.
	 * @param call the call
	 * @param until when to stop connecting and waiting, as {@link System#nanoTime()}
	 * counts; nothing is sent after it
	 * @return the neutral reply or an {@link ErrorReply}
	 * @throws CallFailure if there is no reply
	 */
	public abstract @Nullable Object send(ScriptCall call, long until);

	/**
	 * Sends commands in one trip, on one connection, and waits for all their replies.
	 * @param commands the commands with their arguments
	 * @param until when to stop connecting and waiting, as above
	 * @return their replies in order, a {@link CallFailure} in place of those that did
	 * not come
	 * @throws CallFailure if nothing was sent
	 */
	public abstract List<@Nullable Object> sendAll(List<byte[][]> commands, long until);

	/**
	 * Sends one call without waiting, as soon as there is a connection.
	 * @param call the call
	 * @return what {@link #send} would have returned or thrown
	 */
	public PendingReply<@Nullable Object> submit(ScriptCall call) {
		throw new UnsupportedOperationException("The driver can only wait");
	}

	/**
	 * Sends commands in one trip without waiting, as soon as there is a connection.
	 * @param commands the commands with their arguments
	 * @return what {@link #sendAll} would have returned or thrown
	 */
	public PendingReply<List<@Nullable Object>> submitAll(List<byte[][]> commands) {
		throw new UnsupportedOperationException("The driver can only wait");
	}

	/**
	 * Has the driver look the address up again and connect anew, because the server that
	 * the open connections lead to does not take writes any more. At most once a second
	 * for all callers together: those in between get what the others have begun.
	 * @return completes when new calls go to new connections, never exceptionally
	 */
	public CompletableFuture<@Nullable Void> reconnect() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
