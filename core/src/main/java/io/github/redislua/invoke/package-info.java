/**
 * A Java method as a call of a script, resolved once.
 */
@NullMarked
package io.github.redislua.invoke;

import org.jspecify.annotations.NullMarked;
