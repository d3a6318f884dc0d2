/**
 * Internal: Lua 5.1 as the reference implementation reads it: lexer, parser, syntax tree.
 * Used by all packages but {@code cli} and {@code command}; uses nothing.
 */
@NullMarked
package io.github.redislua.lint.syntax;

import org.jspecify.annotations.NullMarked;
