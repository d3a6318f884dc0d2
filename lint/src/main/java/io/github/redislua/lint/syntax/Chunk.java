package io.github.redislua.lint.syntax;

import java.util.List;

/**
 * A parsed script.
 *
 * @param body the statements
 * @param locals how many local variables it declares
 * @param firstToken the offset of the first token, the source's length where there is
 * none
 * @param directives offsets (from, to) of the short comments that may hold a directive
 */
public record Chunk(Block body, int locals, int firstToken, List<int[]> directives) {
}
