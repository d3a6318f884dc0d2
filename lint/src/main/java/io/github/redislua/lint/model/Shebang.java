package io.github.redislua.lint.model;

import java.util.List;

/**
 * The first line of a script, where it starts with {@code #!}.
 *
 * @param present whether there is one
 * @param flags its flags
 * @param end the offset of the line break that ends it, 0 without one
 */
public record Shebang(boolean present, List<String> flags, int end) {

	/** A script without that line. */
	public static final Shebang NONE = new Shebang(false, List.of(), 0);

	/**
	 * Whether the line has a flag.
	 * @param flag the flag
	 * @return whether it is there
	 */
	public boolean has(String flag) {
		return this.flags.contains(flag);
	}

}
