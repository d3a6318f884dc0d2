/**
 * Finds the program that runs as a server. Internal: only this library may use it, and it
 * can change at any time.
 */
@NullMarked
package io.github.redislua.test.internal.binary;

import org.jspecify.annotations.NullMarked;
