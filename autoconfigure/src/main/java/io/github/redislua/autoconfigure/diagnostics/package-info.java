/**
 * What Spring Boot says when the application does not start because of a script. Boot
 * finds the analyzers; nobody else uses them.
 */
@NullMarked
package io.github.redislua.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
