/**
 * Starts one server process, talks to it and ends it. Internal: only this library may use
 * it, and it can change at any time.
 */
@NullMarked
package io.github.redislua.test.internal.server;

import org.jspecify.annotations.NullMarked;
