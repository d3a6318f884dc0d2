/**
 * Calls through Jedis. Only {@code driver} knows this package.
 */
@NullMarked
package io.github.redislua.internal.execute.jedis;

import org.jspecify.annotations.NullMarked;
