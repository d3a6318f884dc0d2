package io.github.redislua.execute;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaScriptExecutionException;

/**
 * A script made ready to be called, once, at start-up.
 */
@FunctionalInterface
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
	 * @param values the keys, then the arguments
	 * @param keyCount how many of the values are keys
	 * @return the neutral reply ({@code null}, {@code Long}, {@code byte[]},
	 * {@code Double}, {@code Boolean}, {@code BigInteger}, {@code List},
	 * {@code MapReply}), or {@link #DEFERRED}
	 * @throws LuaScriptExecutionException if the server answers with an error
	 * @throws DataAccessException if the connection fails
	 */
	@Nullable Object execute(byte[][] values, int keyCount);

}
