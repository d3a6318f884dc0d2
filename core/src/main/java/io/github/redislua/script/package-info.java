/**
 * What a script is, and where scripts are found.
 */
@NullMarked
package io.github.redislua.script;

import org.jspecify.annotations.NullMarked;
