package io.github.redislua.internal.execute;

/**
 * What one call sends.
 *
 * @param values the keys, then the arguments; not to be changed
 * @param keyCount how many of the values are keys
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CallValues(byte[][] values, int keyCount) {

}
