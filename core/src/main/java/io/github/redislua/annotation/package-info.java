/**
 * What users write on their interfaces.
 */
@NullMarked
package io.github.redislua.annotation;

import org.jspecify.annotations.NullMarked;
