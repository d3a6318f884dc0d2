/**
 * Real Redis servers for tests and for development.
 */
@NullMarked
package io.github.redislua.test;

import org.jspecify.annotations.NullMarked;
