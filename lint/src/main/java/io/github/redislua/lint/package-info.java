/**
 * The script checker: finds, without a server, what Redis would refuse in a Lua script
 * and what breaks the contract between a script and its Java method.
 */
@NullMarked
package io.github.redislua.lint;

import org.jspecify.annotations.NullMarked;
