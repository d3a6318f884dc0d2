package io.github.redislua.internal.execute;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptUnavailableException;

/**
 * A script made ready to be called, once, at start-up.
 */
public interface PreparedScript {

	/**
	 * The reply of a call inside a pipeline or a transaction, where there is none yet.
	 */
	Object DEFERRED = new Object() {
		@Override
		public String toString() {
			return "DEFERRED";
		}
	};

	/**
	 * Runs the script.
	 * @param values the keys and the arguments
	 * @return the neutral reply ({@code null}, {@code Long}, {@code byte[]},
	 * {@code Double}, {@code Boolean}, {@code BigInteger}, {@code List},
	 * {@code MapReply}), or {@link #DEFERRED}
	 * @throws LuaScriptExecutionException if the server answers with an error
	 * @throws LuaScriptUnavailableException if the server cannot run it now
	 * @throws DataAccessException if the connection fails
	 */
	@Nullable Object execute(CallValues values);

	/**
	 * Runs the script without waiting for the reply.
	 * @param values the keys and the arguments
	 * @return completes with what {@link #execute} would have returned or thrown, on a
	 * thread of the driver; cancelling it takes a call back that has not been sent yet
	 * @throws DataAccessException if the calling thread is in a pipeline or a transaction
	 */
	CompletableFuture<@Nullable Object> submit(CallValues values);

}
