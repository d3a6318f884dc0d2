package io.github.redislua.internal.execute;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is the same for all calls of one method.
 *
 * @param method the Java method, for messages
 * @param readOnly whether to run with {@code EVALSHA_RO}
 * @param idempotent whether a call of unknown outcome may be sent again
 * @param timeout how long to wait for the outcome, all that it takes together;
 * {@code null} for the client's own timeout
 * @param deferrable whether the method can do without its reply inside a pipeline or a
 * transaction, which a primitive return type cannot
 */
public record CallOptions(String method, boolean readOnly, boolean idempotent, @Nullable Duration timeout,
		boolean deferrable) {

}
