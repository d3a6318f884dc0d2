package io.github.redislua.internal.execute.call;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * The servers behind a connection factory. What differs between the drivers, and between
 * one server and a cluster, is here and in the nodes.
 */
public interface ScriptTransport {

	/**
	 * The server that is to run a call. Does not connect and does not wait.
	 * @param call the call
	 * @return the server; on a cluster the master that owns the slot of the keys, or any
	 * master for a call without keys; {@code null} if the servers are not known yet:
	 * {@link #connect()}, then ask again
	 * @throws InvalidDataAccessApiUsageException if the keys are in different slots
	 * @throws CallFailure if no server can run the call now
	 */
	@Nullable ScriptNode route(ScriptCall call);

	/**
	 * Has the driver find the servers, without waiting for it. All who ask meanwhile get
	 * the same attempt.
	 * @return completes when the servers are known, or exceptionally with a
	 * {@link CallFailure}
	 */
	CompletableFuture<@Nullable Void> connect();

	/**
	 * Runs a task later, on a thread that must not be blocked.
	 * @param nanos how much later
	 * @param task the task
	 * @return takes the task back
	 */
	default Runnable schedule(long nanos, Runnable task) {
		throw new UnsupportedOperationException("The driver can only wait");
	}

	/**
	 * The server that another one named.
	 * @param redirection the answer {@code MOVED} or {@code ASK}
	 * @return the server
	 */
	ScriptNode redirect(Redirection redirection);

	/**
	 * Has the driver look again which server has what, because one did not answer or
	 * named another. Does not wait for it.
	 */
	void outdated();

	/**
	 * The servers that scripts are loaded on.
	 * @return the servers as they are known now
	 * @throws CallFailure if none can be reached
	 */
	List<PreloadTarget> nodes();

	/**
	 * The servers as a whole, for messages when none of them can be reached.
	 * @return a short description
	 */
	String description();

	/**
	 * Whether calls go to the server that owns the slot of their keys.
	 * @return {@code true} for a Redis Cluster
	 */
	boolean isCluster();

	/**
	 * How long the client waits for a reply by default.
	 * @return nanoseconds, 0 if it waits for ever
	 */
	long timeout();

	/**
	 * Whether the calls on a thread that a connection is bound to go to that connection,
	 * where none are collected.
	 * @param connection the connection, which is neither in a pipeline nor in a
	 * transaction
	 * @return {@code false} if they go the way of those on other threads
	 */
	default boolean isPinned(RedisConnection connection) {
		return !isCluster();
	}

	/**
	 * Sends one command on a connection that is bound to the thread, and waits for its
	 * reply.
	 * @param connection the connection, which is neither in a pipeline nor in a
	 * transaction
	 * @param command the command with its arguments
	 * @param until when to stop waiting, as {@link System#nanoTime()} counts
	 * @return the neutral reply or an {@link ErrorReply}
	 * @throws CallFailure if there is no reply
	 */
	@Nullable Object sendBound(RedisConnection connection, byte[][] command, long until);

	/**
	 * What stands for the pipeline or the transaction that a connection is in.
	 * @param connection the connection
	 * @return an object that is another one in the next pipeline or transaction,
	 * {@code null} if there is none to be had
	 */
	@Nullable Object openBatch(RedisConnection connection);

	/**
	 * The server that a call in a pipeline or a transaction goes to. Does not connect.
	 * @param connection the connection that the call is deferred on
	 * @param call the call
	 * @return the server, {@code null} if the driver chooses any
	 */
	default @Nullable ScriptNode destination(RedisConnection connection, ScriptCall call) {
		return route(call);
	}

	/**
	 * Adds one call to the pipeline or the transaction of a connection. In a pipeline a
	 * call of a script that the server does not know is sent again with the source, on
	 * the same connection, when the pipeline has been sent.
	 * @param connection the connection
	 * @param call the call
	 * @param healed to be run when that was done and the server has the script
	 */
	void defer(RedisConnection connection, ScriptCall call, Runnable healed);

	/**
	 * Whether the driver can answer without blocking a thread.
	 * @return {@code true} for Lettuce
	 */
	boolean isAsynchronous();

}
