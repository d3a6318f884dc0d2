package io.github.redislua.execute;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * What differs between the drivers. Replies come back in the neutral form; an error of
 * the server is an {@link ErrorReply}, never an exception.
 */
interface ScriptTransport {

	/**
	 * Sends one call and waits for its reply.
	 * @param call the call
	 * @return the neutral reply or an {@link ErrorReply}
	 * @throws DataAccessException if the connection fails or the reply does not come in
	 * time
	 */
	@Nullable Object send(ScriptCall call);

	/**
	 * Sends commands in one trip, on one connection.
	 * @param timeout how long to wait for each reply, {@code null} for the client's own
	 * timeout
	 * @param commands the commands with their arguments
	 * @return their replies in order
	 * @throws DataAccessException if the connection fails or a reply does not come in
	 * time
	 */
	List<@Nullable Object> pipeline(@Nullable Duration timeout, List<byte[][]> commands);

	/**
	 * Sends one call on a connection that is bound to the thread, and waits for its
	 * reply.
	 * @param connection the connection, which is neither in a pipeline nor in a
	 * transaction
	 * @param call the call
	 * @return the neutral reply or an {@link ErrorReply}
	 * @throws DataAccessException if the connection fails or the reply does not come in
	 * time
	 */
	@Nullable Object sendBound(RedisConnection connection, ScriptCall call);

	/**
	 * Adds one call to the pipeline or the transaction of a connection.
	 * @param connection the connection
	 * @param call the call
	 */
	void defer(RedisConnection connection, ScriptCall call);

	/**
	 * The server.
	 * @return {@code host:port}
	 */
	String node();

	/**
	 * Whether the driver can answer without blocking a thread.
	 * @return {@code true} for Lettuce
	 */
	boolean isAsynchronous();

}
