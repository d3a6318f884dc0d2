package io.github.redislua.lint;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a script does, as far as it can be read from its text.
 */
public final class ScriptFacts {

	private final boolean parsed;

	private final boolean shebang;

	private final List<String> flags;

	private final Reads keys;

	private final Reads arguments;

	private final SortedSet<String> commands;

	private final boolean dynamicCommands;

	private final boolean provenReadOnly;

	ScriptFacts(boolean parsed, boolean shebang, List<String> flags, Reads keys, Reads arguments, Set<String> commands,
			boolean dynamicCommands, boolean provenReadOnly) {
		this.parsed = parsed;
		this.shebang = shebang;
		this.flags = flags;
		this.keys = keys;
		this.arguments = arguments;
		this.commands = Collections.unmodifiableSortedSet(new TreeSet<>(commands));
		this.dynamicCommands = dynamicCommands;
		this.provenReadOnly = provenReadOnly;
	}

	static ScriptFacts unparsed(boolean shebang, List<String> flags) {
		return new ScriptFacts(false, shebang, flags, Reads.UNKNOWN, Reads.UNKNOWN, Set.of(), true, false);
	}

	/**
	 * Whether the script is valid Lua. If not, nothing else is known of it.
	 * @return whether it is valid
	 */
	public boolean isParsed() {
		return this.parsed;
	}

	/**
	 * Whether the script starts with {@code #!lua}.
	 * @return whether there is a shebang line
	 */
	public boolean hasShebang() {
		return this.shebang;
	}

	/**
	 * The flags of the shebang line.
	 * @return the flags in order
	 */
	public List<String> flags() {
		return this.flags;
	}

	/**
	 * How the script reads KEYS.
	 * @return the reads
	 */
	public Reads keys() {
		return this.keys;
	}

	/**
	 * How the script reads ARGV.
	 * @return the reads
	 */
	public Reads arguments() {
		return this.arguments;
	}

	/**
	 * The names of the commands it calls, in upper case and without subcommands: what to
	 * ask a server about with {@code COMMAND INFO}.
	 * @return the names
	 */
	public SortedSet<String> commands() {
		return this.commands;
	}

	/**
	 * Whether it calls commands whose names are computed.
	 * @return whether there are more commands than {@link #commands()} says
	 */
	public boolean hasDynamicCommands() {
		return this.dynamicCommands;
	}

	/**
	 * Whether every command it calls is known and none of them writes or publishes.
	 * @return whether the script is proven to be read-only
	 */
	public boolean isProvenReadOnly() {
		return this.provenReadOnly;
	}

	/**
	 * How a script reads KEYS or ARGV.
	 *
	 * @param highest the highest index read, 0 for none
	 * @param required the highest index read without asking whether it is there
	 * @param variadic whether the script reads as many as there are
	 */
	public record Reads(int highest, int required, boolean variadic) {

		static final Reads UNKNOWN = new Reads(0, 0, true);

	}

}
