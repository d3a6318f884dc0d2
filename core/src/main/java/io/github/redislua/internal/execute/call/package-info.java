/**
 * The seam to the drivers: a call, a server, the servers behind a connection factory,
 * replies and errors in neutral form. Implemented by {@code lettuce} and {@code jedis},
 * used by {@code policy}; knows no driver.
 */
@NullMarked
package io.github.redislua.internal.execute.call;

import org.jspecify.annotations.NullMarked;
