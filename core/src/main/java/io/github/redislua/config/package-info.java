/**
 * Scanning for interfaces, and the bean definitions made of them.
 */
@NullMarked
package io.github.redislua.config;

import org.jspecify.annotations.NullMarked;
