package io.github.redislua.lint.model;

/**
 * A use of a global variable, or of a member of a library.
 *
 * @param name the name, {@code library.member} for a member
 * @param start the offset of the first byte
 * @param end the offset after the last byte
 * @param readsBefore of an assignment, how many globals are read before it in the script:
 * a value is read before it is assigned to what stands in front of it
 */
public record GlobalUse(String name, int start, int end, int readsBefore) {
}
