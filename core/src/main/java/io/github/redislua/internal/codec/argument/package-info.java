/**
 * Java values as the bytes of keys and arguments. Encoders are chosen at start-up, one
 * for each parameter. Used by the method calls.
 */
@NullMarked
package io.github.redislua.internal.codec.argument;

import org.jspecify.annotations.NullMarked;
