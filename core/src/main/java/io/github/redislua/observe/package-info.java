/**
 * Calls of scripts as Micrometer observations, which become timers and spans.
 */
@NullMarked
package io.github.redislua.observe;

import org.jspecify.annotations.NullMarked;
