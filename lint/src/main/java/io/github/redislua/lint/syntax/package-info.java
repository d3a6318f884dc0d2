/**
 * Lua 5.1 as the reference implementation reads it: lexer, parser, syntax tree.
 */
@NullMarked
package io.github.redislua.lint.syntax;

import org.jspecify.annotations.NullMarked;
