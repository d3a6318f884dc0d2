/**
 * Finds out which Redis an application or a test has chosen itself. Internal: only this
 * library may use it, and it can change at any time.
 */
@NullMarked
package io.github.redislua.test.internal.spring;

import org.jspecify.annotations.NullMarked;
