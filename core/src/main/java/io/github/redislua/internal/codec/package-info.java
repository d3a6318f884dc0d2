/**
 * What arguments and replies have in common: the types of Java they stand for, JSON,
 * text. Knows no other package; used by its two halves and by whoever has a neutral
 * reply.
 */
@NullMarked
package io.github.redislua.internal.codec;

import org.jspecify.annotations.NullMarked;
