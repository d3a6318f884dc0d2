/**
 * Makes a cluster, or a master with sentinels, of several servers. Internal: only this
 * library may use it, and it can change at any time.
 */
@NullMarked
package io.github.redislua.test.internal.topology;

import org.jspecify.annotations.NullMarked;
