/**
 * What is known of calls afterwards: counters, the log of healed scripts, observations,
 * the trace log. Sees scripts, not servers, and nothing that a caller sends or gets. Used
 * by the method calls, and set up with the factory.
 */
@NullMarked
package io.github.redislua.internal.monitor;

import org.jspecify.annotations.NullMarked;
