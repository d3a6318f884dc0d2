/**
 * Internal: what a script does, read from its syntax tree: its names and variables, where
 * values come from, and what it replies. Used by {@code rules} and the API; uses
 * {@code syntax} and {@code command} and reports nothing.
 */
@NullMarked
package io.github.redislua.lint.model;

import org.jspecify.annotations.NullMarked;
