package io.github.redislua.internal.repository;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The last change of a script's file that was looked at.
 *
 * @param time when
 * @param problem why the script stays as it was, {@code null} if it was replaced
 */
public record ScriptEdit(Instant time, @Nullable String problem) {

}
