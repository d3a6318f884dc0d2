/**
 * Where the driver of a connection factory is chosen: the one place that knows all of
 * them.
 */
@NullMarked
package io.github.redislua.internal.execute.driver;

import org.jspecify.annotations.NullMarked;
