/**
 * Auto-configuration for Redis Lua scripts.
 */
@NullMarked
package io.github.redislua.autoconfigure;

import org.jspecify.annotations.NullMarked;
