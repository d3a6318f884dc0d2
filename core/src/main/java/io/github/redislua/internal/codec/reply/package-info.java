/**
 * Neutral replies as Java values. Decoders are chosen at start-up, one for each method,
 * and all say alike what does not fit. Used by the method calls.
 */
@NullMarked
package io.github.redislua.internal.codec.reply;

import org.jspecify.annotations.NullMarked;
