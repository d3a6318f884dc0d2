package io.github.redislua.lint.command;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A command, or a subcommand such as {@code object|encoding}.
 */
public final class CommandInfo {

	/** The keys of a MIGRATE of several keys, which has an empty one in their place. */
	private static final KeySpec MIGRATED = KeySpec.range("KEYS", 6, -1, 1, 0);

	private final String name;

	private final int arity;

	private final String flags;

	private final List<KeySpec> keys;

	private final @Nullable String since;

	private final String displayName;

	CommandInfo(String name, int arity, String flags, List<KeySpec> keys, @Nullable String since) {
		this.name = name;
		this.arity = arity;
		this.flags = flags;
		this.keys = keys;
		this.since = since;
		this.displayName = name.toUpperCase(Locale.ROOT).replace('|', ' ');
	}

	/**
	 * The name in upper case, a subcommand after a blank.
	 * @return the name
	 */
	public String displayName() {
		return this.displayName;
	}

	/**
	 * The number of arguments with the name (and the subcommand), or minus the least.
	 * @return the arity
	 */
	public int arity() {
		return this.arity;
	}

	/**
	 * Whether it writes.
	 * @return whether it has the flag {@code write}
	 */
	public boolean isWrite() {
		return this.flags.indexOf('w') >= 0;
	}

	/**
	 * Whether scripts may not call it.
	 * @return whether it has the flag {@code noscript}
	 */
	public boolean isNoScript() {
		return this.flags.indexOf('s') >= 0;
	}

	/**
	 * Which servers allow it in scripts, where not all do.
	 * @return the servers, or null
	 */
	public @Nullable String scriptsSince() {
		return (this.flags.indexOf('l') >= 0) ? this.since : null;
	}

	/**
	 * Which servers have it, where not all do.
	 * @return the servers, or null
	 */
	public @Nullable String since() {
		return (this.flags.indexOf('n') >= 0) ? this.since : null;
	}

	/**
	 * The indexes of the arguments that are keys, where that is certain.
	 * @param arguments the name and its arguments
	 * @return the indexes in order, counted from the name at 0
	 */
	public int[] keyPositions(CommandArguments arguments) {
		if (this.keys.isEmpty()) {
			return KeySpec.NONE;
		}
		if (this.name.equals("migrate") && "".equals(arguments.literal(3))) {
			return MIGRATED.positions(arguments);
		}
		if (this.keys.size() == 1) {
			return this.keys.get(0).positions(arguments);
		}
		SortedSet<Integer> result = new TreeSet<>();
		for (KeySpec spec : this.keys) {
			for (int position : spec.positions(arguments)) {
				result.add(position);
			}
		}
		int[] positions = new int[result.size()];
		int i = 0;
		for (Integer position : result) {
			positions[i++] = position;
		}
		return positions;
	}

	/**
	 * The line of the command table.
	 */
	@Override
	public String toString() {
		StringBuilder out = new StringBuilder(this.name);
		out.append(' ').append(this.arity).append(' ').append(this.flags.isEmpty() ? "-" : this.flags);
		for (KeySpec key : this.keys) {
			out.append(' ').append(key);
		}
		return out.toString();
	}

}
