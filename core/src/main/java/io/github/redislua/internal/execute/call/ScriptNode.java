package io.github.redislua.internal.execute.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.internal.script.Script;

/**
 * One server that runs scripts, and what is known of the scripts in its cache. Replies
 * come back in the neutral form; an error of the server is an {@link ErrorReply}, never
 * an exception.
 */
public abstract class ScriptNode {

	private final String name;

	private final Map<String, LoadState> states = new ConcurrentHashMap<>();

	private final RefusedLoads refusal;

	public ScriptNode(String name) {
		this.name = name;
		this.refusal = new RefusedLoads(name);
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
	public RefusedLoads refusal() {
		return this.refusal;
	}

	/**
	 * Whether a call that finds its script missing is sent again with the source, because
	 * {@code SCRIPT LOAD} need not reach the same server.
	 * @param call the call
	 * @return {@code true} if so
	 */
	public boolean healsBySource(ScriptCall call) {
		return false;
	}

	/**
	 * Sends one call and waits for its reply.
	 * @param call the call
	 * @return the neutral reply or an {@link ErrorReply}
	 * @throws NotSentException if no connection could be had
	 * @throws DataAccessException if the connection fails or the reply does not come in
	 * time
	 */
	public abstract @Nullable Object send(ScriptCall call);

	/**
	 * Sends commands in one trip, on one connection.
	 * @param timeout how long to wait for each reply, {@code null} for the client's own
	 * timeout
	 * @param commands the commands with their arguments
	 * @return their replies in order; a {@link DataAccessException} object in place of
	 * those that did not come
	 * @throws NotSentException if no connection could be had
	 */
	public abstract List<@Nullable Object> sendAll(@Nullable Duration timeout, List<byte[][]> commands);

	/**
	 * Sends one call without waiting.
	 * @param call the call
	 * @return what {@link #send} would have returned or thrown
	 */
	public CompletableFuture<@Nullable Object> submit(ScriptCall call) {
		throw new UnsupportedOperationException("The driver can only wait");
	}

	/**
	 * Sends commands in one trip without waiting.
	 * @param timeout how long the replies may take, {@code null} for the client's own
	 * timeout
	 * @param commands the commands with their arguments
	 * @return what {@link #sendAll} would have returned or thrown
	 */
	public CompletableFuture<List<@Nullable Object>> submitAll(@Nullable Duration timeout, List<byte[][]> commands) {
		throw new UnsupportedOperationException("The driver can only wait");
	}

	@Override
	public String toString() {
		return this.name;
	}

}
