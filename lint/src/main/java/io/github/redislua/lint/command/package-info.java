/**
 * Internal: what is known of the commands a script may call. Used by {@code model},
 * {@code rules} and the API; uses nothing.
 */
@NullMarked
package io.github.redislua.lint.command;

import org.jspecify.annotations.NullMarked;
