package io.github.redislua.internal.codec;

import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be sent, although its type can. The message is a predicate without
 * a subject ({@code has a null element at index 3}): the caller, who knows the
 * parameter's name, puts it in front. Internal.
 */
public class ArgumentException extends IllegalArgumentException {

	public ArgumentException(String predicate) {
		this(predicate, null);
	}

	public ArgumentException(String predicate, @Nullable Throwable cause) {
		super(predicate, cause);
	}

}
