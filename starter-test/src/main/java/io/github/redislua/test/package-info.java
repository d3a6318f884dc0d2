/**
 * Test support for applications that use this library: a test slice, real Redis servers
 * for tests and development, and assertions on scripts. The packages below
 * {@code io.github.redislua.test.internal} are not for applications.
 */
@NullMarked
package io.github.redislua.test;

import org.jspecify.annotations.NullMarked;
