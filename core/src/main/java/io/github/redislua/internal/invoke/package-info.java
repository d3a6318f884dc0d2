/**
 * A Java method as a call of a script, resolved once: which parameter becomes which key
 * or argument, which decoder reads the reply, how the result is handed over. Used by the
 * repositories, which own the methods, and by the checks, which read them.
 */
@NullMarked
package io.github.redislua.internal.invoke;

import org.jspecify.annotations.NullMarked;
