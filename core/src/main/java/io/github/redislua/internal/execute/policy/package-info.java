/**
 * What to do about the outcome of a call: one class decides, the others carry it out.
 * Sees servers through {@code call} only.
 */
@NullMarked
package io.github.redislua.internal.execute.policy;

import org.jspecify.annotations.NullMarked;
