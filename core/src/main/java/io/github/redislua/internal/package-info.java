/**
 * Everything behind the public packages. Nothing in here is meant for applications: any
 * of it may change in any release. An architecture test holds who may use whom.
 */
@NullMarked
package io.github.redislua.internal;

import org.jspecify.annotations.NullMarked;
