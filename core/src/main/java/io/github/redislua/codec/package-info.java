/**
 * Arguments to bytes, replies to values. What a type means on the wire is decided once,
 * at start-up; encoding and decoding then only follow that decision. Public types are
 * internal to the library: only the other packages of this module use them.
 */
@NullMarked
package io.github.redislua.codec;

import org.jspecify.annotations.NullMarked;
