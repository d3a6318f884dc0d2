/**
 * How the rest of the library sees servers: an executor makes a script ready once, and
 * what is ready can be called. Implemented below, in {@code policy}; chosen in
 * {@code driver}.
 */
@NullMarked
package io.github.redislua.internal.execute;

import org.jspecify.annotations.NullMarked;
