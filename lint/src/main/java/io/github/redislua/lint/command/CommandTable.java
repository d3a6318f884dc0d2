package io.github.redislua.lint.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The commands of the supported servers: a snapshot of Redis 7.0, merged loosely with
 * what later servers have, and corrected by a live server where one was asked.
 */
public final class CommandTable {

	private static final String SNAPSHOT = "commands-7.0.txt";

	private static final int MAX_FOUND = 2000;

	private static final CommandInfo NONE = new CommandInfo("", 0, "", List.of(), null);

	private static final String LATER = "commands-later.txt";

	private final Set<String> extra;

	private final Map<String, CommandInfo> live;

	private final Set<String> refuted;

	/** What was asked for, as it is written in scripts. */
	private final Map<String, CommandInfo> found = new ConcurrentHashMap<>();

	private CommandTable(Set<String> extra, Map<String, CommandInfo> live, Set<String> refuted) {
		this.extra = extra;
		this.live = live;
		this.refuted = refuted;
	}

	/**
	 * The table without a server.
	 * @return the table
	 */
	public static CommandTable offline() {
		return new CommandTable(Set.of(), Map.of(), Set.of());
	}

	/**
	 * This table with commands of which only the names are known, a module's for
	 * instance.
	 * @param names the names
	 * @return another table
	 */
	public CommandTable withExtra(Collection<String> names) {
		Set<String> lower = new HashSet<>(this.extra);
		for (String name : names) {
			lower.add(name.toLowerCase(Locale.ROOT));
		}
		return new CommandTable(lower, this.live, this.refuted);
	}

	/**
	 * This table corrected by a server: what it says of a command is true, and what it
	 * does not know is not there.
	 * @param names the names it was asked for, see
	 * {@link io.github.redislua.lint.ScriptFacts#commands()}
	 * @param reply the answer of {@code COMMAND INFO name …} as a client hands it over: a
	 * list with an element a name, null where the command is unknown. Strings may be
	 * bytes. An answer that does not fit (an error, another length) changes nothing
	 * @return another table
	 */
	public CommandTable withServer(List<String> names, @Nullable List<?> reply) {
		if (reply == null || reply.size() != names.size()) {
			return this;
		}
		Map<String, CommandInfo> known = new HashMap<>(this.live);
		Set<String> unknown = new HashSet<>(this.refuted);
		for (int i = 0; i < reply.size(); i++) {
			String name = names.get(i).toLowerCase(Locale.ROOT);
			Object element = reply.get(i);
			if (element == null || element instanceof Collection<?> list && list.isEmpty()) {
				unknown.add(name);
			}
			else {
				CommandReply.read(element, known);
				renamed(name, element, known);
			}
		}
		return new CommandTable(this.extra, known, unknown);
	}

	// A server answers with the name that the command had before rename-command.
	private static void renamed(String name, Object element, Map<String, CommandInfo> known) {
		if (!known.containsKey(name)) {
			Map<String, CommandInfo> original = new LinkedHashMap<>();
			CommandReply.read(element, original);
			if (!original.isEmpty()) {
				known.put(name, original.values().iterator().next());
			}
		}
	}

	/**
	 * A command, or a subcommand as {@code object|encoding}.
	 * @param name the name in any case
	 * @return the command, or null if it is unknown
	 */
	public @Nullable CommandInfo find(String name) {
		CommandInfo known = this.found.get(name);
		if (known == null) {
			CommandInfo info = look(name.toLowerCase(Locale.ROOT));
			known = (info != null) ? info : NONE;
			// What scripts call that does not exist is without end.
			if (this.found.size() < MAX_FOUND) {
				this.found.put(name, known);
			}
		}
		return (known.arity() != 0) ? known : null;
	}

	private @Nullable CommandInfo look(String lower) {
		CommandInfo info = this.live.get(lower);
		if (info != null) {
			return info;
		}
		if (!this.refuted.isEmpty() && this.refuted.contains(container(lower))) {
			return null;
		}
		return Offline.find(lower);
	}

	/**
	 * Whether a name was added by {@link #withExtra(Collection)}.
	 * @param name the name in any case
	 * @return whether it was
	 */
	public boolean isExtra(String name) {
		return !this.extra.isEmpty() && this.extra.contains(name.toLowerCase(Locale.ROOT));
	}

	/**
	 * Whether a server said that it does not have the command.
	 * @param name the name in any case
	 * @return whether it is refuted
	 */
	public boolean isRefuted(String name) {
		return this.refuted.contains(name.toLowerCase(Locale.ROOT));
	}

	/**
	 * Whether a server said what it knows of the command.
	 * @param name the name in any case
	 * @return whether it was asked
	 */
	public boolean isLive(String name) {
		return this.live.containsKey(name.toLowerCase(Locale.ROOT)) || isRefuted(name);
	}

	/**
	 * Whether a command has subcommands.
	 * @param name the name in any case
	 * @return whether the first argument names a subcommand
	 */
	public boolean isContainer(String name) {
		return Offline.CONTAINERS.contains(name.toLowerCase(Locale.ROOT));
	}

	/**
	 * Whether scripts may call none of a command's subcommands but {@code HELP}.
	 * @param name the name of a command with subcommands, in any case
	 * @return whether all others have the flag {@code noscript}
	 */
	public boolean allowsHelpOnly(String name) {
		String prefix = name.toLowerCase(Locale.ROOT) + "|";
		for (String other : names()) {
			if (other.startsWith(prefix) && !other.endsWith("|help")) {
				CommandInfo info = find(other);
				if (info != null && !info.isNoScript()) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * All names, in lower case.
	 * @return the names in order
	 */
	public SortedSet<String> names() {
		SortedSet<String> names = Offline.names();
		names.addAll(this.live.keySet());
		names.addAll(this.extra);
		return names;
	}

	/**
	 * Reads the answer of {@code COMMAND} into lines of the command table.
	 * @param reply the answer
	 * @return a line a command, sorted by name
	 */
	static List<String> lines(List<?> reply) {
		Map<String, CommandInfo> commands = new HashMap<>();
		for (Object command : reply) {
			CommandReply.read(command, commands);
		}
		List<String> lines = new ArrayList<>();
		for (String name : new TreeSet<>(commands.keySet())) {
			lines.add(String.valueOf(commands.get(name)));
		}
		return lines;
	}

	private static String container(String name) {
		int bar = name.indexOf('|');
		return (bar >= 0) ? name.substring(0, bar) : name;
	}

	private static CommandInfo parse(String line) {
		String since = null;
		int comment = line.indexOf(" # ");
		String text = line;
		if (comment >= 0) {
			since = line.substring(comment + 3);
			text = line.substring(0, comment);
		}
		List<String> fields = split(text);
		List<KeySpec> keys = new ArrayList<>();
		for (int i = 3; i < fields.size(); i++) {
			keys.add(KeySpec.parse(fields.get(i)));
		}
		return new CommandInfo(fields.get(0), Integer.parseInt(fields.get(1)), fields.get(2), keys, since);
	}

	private static List<String> split(String text) {
		List<String> fields = new ArrayList<>();
		int from = 0;
		while (from <= text.length()) {
			int to = text.indexOf(' ', from);
			to = (to >= 0) ? to : text.length();
			if (to > from) {
				fields.add(text.substring(from, to));
			}
			from = to + 1;
		}
		return fields;
	}

	/**
	 * The offline table, read when it is first needed. A line stays text until it is
	 * asked for: a script uses a dozen of hundreds of commands.
	 */
	private static final class Offline {

		/** The line of each command, those of the later servers first. */
		private static final Map<String, String> LINES = new HashMap<>(1024);

		private static final Set<String> CONTAINERS = new HashSet<>();

		static {
			collect(read(LATER));
			collect(read(SNAPSHOT));
		}

		private static String read(String resource) {
			try (InputStream in = CommandTable.class.getResourceAsStream(resource)) {
				if (in == null) {
					throw new IllegalStateException("Resource not found: " + resource);
				}
				return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void collect(String text) {
			int from = 0;
			while (from < text.length()) {
				int to = text.indexOf('\n', from);
				to = (to >= 0) ? to : text.length();
				if (to > from && text.charAt(from) != '#') {
					String line = text.substring(from, to);
					String name = line.substring(0, line.indexOf(' '));
					LINES.putIfAbsent(name, line);
					if (name.endsWith("|help")) {
						CONTAINERS.add(container(name));
					}
				}
				from = to + 1;
			}
		}

		static @Nullable CommandInfo find(String name) {
			String line = LINES.get(name);
			return (line != null) ? parse(line) : null;
		}

		static SortedSet<String> names() {
			return new TreeSet<>(LINES.keySet());
		}

	}

}
