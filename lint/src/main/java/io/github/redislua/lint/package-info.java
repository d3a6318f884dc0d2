/**
 * The script checker: finds, without a server, what Redis would refuse in a Lua script
 * and what breaks the contract between a script and its Java method. This package and
 * {@link io.github.redislua.lint.cli.Main} are the API; everything below is internal.
 * <p>
 * {@code ScriptChecker}, {@code ScriptCheck} and {@code Report} stand on top of all other
 * packages. The values that they take and give ({@code Finding}, {@code Rule},
 * {@code MethodContract} and so on) stand beneath them and use nothing.
 */
@NullMarked
package io.github.redislua.lint;

import org.jspecify.annotations.NullMarked;
