/**
 * Spring's side: scanning for interfaces, bean definitions made of them, preloading at
 * start-up, reloading, ahead-of-time processing. Internal: only the library's
 * auto-configuration and {@code @EnableLuaScripts} use it, and it uses everything else.
 */
@NullMarked
package io.github.redislua.internal.config;

import org.jspecify.annotations.NullMarked;
