package io.github.redislua.internal.execute;

/**
 * A call that waits to be sent with others in one pipeline.
 *
 * @param script the script, made ready by the executor that is to send it
 * @param values the keys, then the arguments
 * @param keyCount how many of the values are keys
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record QueuedCall(PreparedScript script, byte[][] values, int keyCount) {

}
