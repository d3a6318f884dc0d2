/**
 * The command line tool.
 */
@NullMarked
package io.github.redislua.lint.cli;

import org.jspecify.annotations.NullMarked;
