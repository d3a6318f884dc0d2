/**
 * What is known of calls afterwards: counters, the log of healed scripts, observations,
 * the trace log. Sees scripts, not servers.
 */
@NullMarked
package io.github.redislua.internal.monitor;

import org.jspecify.annotations.NullMarked;
