/**
 * Scripts held against the methods that run them, with the checker of the {@code lint}
 * module, and the reports of that.
 */
@NullMarked
package io.github.redislua.internal.check;

import org.jspecify.annotations.NullMarked;
