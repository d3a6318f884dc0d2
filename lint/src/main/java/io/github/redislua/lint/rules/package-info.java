/**
 * Internal: the rules. They ask the {@code model} and add findings to a {@code report}.
 * Used by the API, which enters through {@code ScriptRules} and the two classes for what
 * comes before a script can be parsed.
 */
@NullMarked
package io.github.redislua.lint.rules;

import org.jspecify.annotations.NullMarked;
