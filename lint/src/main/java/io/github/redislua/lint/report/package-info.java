/**
 * Internal: findings on their way out: where they stand in the source, whether the script
 * allows them, and how they are written. Used by {@code rules} and the API; uses
 * {@code syntax} and the values of the API.
 */
@NullMarked
package io.github.redislua.lint.report;

import org.jspecify.annotations.NullMarked;
