/**
 * Auto-configuration for Redis Lua scripts: properties, actuator endpoint, metrics,
 * failure analyzers. Public are the properties, the auto-configurations and the endpoint.
 * It holds all code that knows Spring Boot, and uses {@code core}.
 */
@NullMarked
package io.github.redislua.autoconfigure;

import org.jspecify.annotations.NullMarked;
