/**
 * What users write on their interfaces and configuration classes. Public: it uses nothing
 * of the library.
 */
@NullMarked
package io.github.redislua.annotation;

import org.jspecify.annotations.NullMarked;
