/**
 * What a script is: its bytes, its digest, where it was found, and which scripts there
 * are. Used by every other internal package; knows the public exceptions only.
 */
@NullMarked
package io.github.redislua.internal.script;

import org.jspecify.annotations.NullMarked;
