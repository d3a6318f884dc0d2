/**
 * Redis Lua scripts as typed Java methods: what an application uses besides the
 * annotations. Public: applications may use every type, and none of them shows a type of
 * an internal package.
 */
@NullMarked
package io.github.redislua;

import org.jspecify.annotations.NullMarked;
