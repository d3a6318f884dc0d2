package io.github.redislua.lint.command;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, as far as they can be read from the text.
 */
public interface CommandArguments {

	/**
	 * How many are written down, with the command's name.
	 * @return the number
	 */
	int size();

	/**
	 * Whether there are no more than are written down.
	 * @return whether the size is exact
	 */
	boolean isExact();

	/**
	 * The argument as text, where it is a literal.
	 * @param index the index, 0 for the command's name
	 * @return the text, or null
	 */
	@Nullable String literal(int index);

}
