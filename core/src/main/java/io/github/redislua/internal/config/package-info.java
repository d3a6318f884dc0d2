/**
 * Spring's side: scanning for interfaces, bean definitions made of them, preloading at
 * start-up, reloading, ahead-of-time processing. Uses everything else.
 */
@NullMarked
package io.github.redislua.internal.config;

import org.jspecify.annotations.NullMarked;
