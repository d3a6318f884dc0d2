/**
 * Calls of scripts as Micrometer observations, which become timers and spans. For
 * applications that name or handle them themselves.
 */
@NullMarked
package io.github.redislua.observe;

import org.jspecify.annotations.NullMarked;
