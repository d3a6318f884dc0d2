/**
 * How a script reaches Redis: preload, EVALSHA, healing, and one transport for each
 * driver.
 */
@NullMarked
package io.github.redislua.execute;

import org.jspecify.annotations.NullMarked;
