/**
 * Calls through Lettuce. Only {@code driver} knows this package.
 */
@NullMarked
package io.github.redislua.internal.execute.lettuce;

import org.jspecify.annotations.NullMarked;
