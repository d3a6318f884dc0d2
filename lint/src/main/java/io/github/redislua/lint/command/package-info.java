/**
 * What is known of the commands a script may call.
 */
@NullMarked
package io.github.redislua.lint.command;

import org.jspecify.annotations.NullMarked;
