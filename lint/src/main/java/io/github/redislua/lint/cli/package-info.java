/**
 * The command line tool. It uses the API only, and nobody uses it.
 */
@NullMarked
package io.github.redislua.lint.cli;

import org.jspecify.annotations.NullMarked;
