/**
 * Benchmarks.
 */
@NullMarked
package io.github.redislua.benchmarks;

import org.jspecify.annotations.NullMarked;
