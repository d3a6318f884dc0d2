/**
 * Scripts held against the methods that run them, with the checker of the {@code lint}
 * module, and the reports of that. Internal: {@code repository} and {@code config} use
 * it, and it uses {@code invoke} and {@code lint}.
 */
@NullMarked
package io.github.redislua.internal.check;

import org.jspecify.annotations.NullMarked;
