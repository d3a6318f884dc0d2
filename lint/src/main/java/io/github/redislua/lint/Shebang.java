package io.github.redislua.lint;

import java.util.List;

/**
 * The first line of a script, where it starts with {@code #!}.
 *
 * @param present whether there is one
 * @param flags its flags
 * @param end the offset of the line break that ends it, 0 without one
 */
record Shebang(boolean present, List<String> flags, int end) {

	static final Shebang NONE = new Shebang(false, List.of(), 0);

	boolean has(String flag) {
		return this.flags.contains(flag);
	}

}
