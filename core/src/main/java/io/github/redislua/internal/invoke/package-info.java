/**
 * A Java method as a call of a script, resolved once: which parameter becomes which key
 * or argument, which decoder reads the reply, how the result is handed over.
 */
@NullMarked
package io.github.redislua.internal.invoke;

import org.jspecify.annotations.NullMarked;
