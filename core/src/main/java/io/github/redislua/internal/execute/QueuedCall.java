package io.github.redislua.internal.execute;

/**
 * A call that waits to be sent with others in one pipeline.
 *
 * @param script the script, made ready by the executor that is to send it
 * @param values the keys and the arguments
 */
public record QueuedCall(PreparedScript script, CallValues values) {

}
