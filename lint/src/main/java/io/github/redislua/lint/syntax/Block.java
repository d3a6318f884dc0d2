package io.github.redislua.lint.syntax;

import java.util.List;

/**
 * Statements that share a scope.
 *
 * @param statements the statements in order
 */
public record Block(List<Stat> statements) {
}
