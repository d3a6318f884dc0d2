/**
 * The interfaces and the scripts of an application as a whole: what was made, loaded,
 * checked and read again. {@code LuaScripts} and the actuator endpoint stand on it.
 */
@NullMarked
package io.github.redislua.internal.repository;

import org.jspecify.annotations.NullMarked;
