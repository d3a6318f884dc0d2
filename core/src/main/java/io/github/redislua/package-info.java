/**
 * Redis Lua scripts as typed Java methods: what an application uses besides the
 * annotations.
 */
@NullMarked
package io.github.redislua;

import org.jspecify.annotations.NullMarked;
