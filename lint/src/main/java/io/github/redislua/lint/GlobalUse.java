package io.github.redislua.lint;

/**
 * A use of a global variable, or of a member of a library.
 *
 * @param name the name, {@code library.member} for a member
 * @param start the offset of the first byte
 * @param end the offset after the last byte
 */
record GlobalUse(String name, int start, int end) {
}
