/**
 * How the result of a call is handed over where the method does not wait for it: as a
 * future, through Reactor, or to a Kotlin coroutine. Used by {@code invoke}, which knows
 * the methods, and by those who look at their types.
 */
@NullMarked
package io.github.redislua.internal.invoke.delivery;

import org.jspecify.annotations.NullMarked;
