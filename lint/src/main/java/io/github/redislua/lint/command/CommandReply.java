package io.github.redislua.lint.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of {@code COMMAND} and {@code COMMAND INFO}, of any protocol version
 * and client: text as strings or bytes, numbers as numbers, maps as maps or flat lists.
 * What is not understood is left out.
 */
final class CommandReply {

	private CommandReply() {
	}

	/**
	 * Adds a command and its subcommands.
	 * @param reply one element of the answer
	 * @param into where to add them
	 */
	static void read(@Nullable Object reply, Map<String, CommandInfo> into) {
		List<?> fields = list(reply);
		if (fields.size() < 6) {
			return;
		}
		String name = text(fields.get(0)).toLowerCase(Locale.ROOT);
		if (name.isEmpty() || !(fields.get(1) instanceof Number arity)) {
			return;
		}
		List<KeySpec> keys = new ArrayList<>();
		if (fields.size() > 8) {
			for (Object spec : list(fields.get(8))) {
				keySpec(spec, keys);
			}
		}
		else {
			legacyKeys(fields, keys);
		}
		into.put(name, new CommandInfo(name, arity.intValue(), flags(list(fields.get(2))), List.copyOf(keys), null));
		if (fields.size() > 9) {
			for (Object subcommand : list(fields.get(9))) {
				read(subcommand, into);
			}
		}
	}

	private static String flags(List<?> flags) {
		StringBuilder out = new StringBuilder();
		for (Object flag : flags) {
			switch (text(flag)) {
				case "write" -> out.append('w');
				case "readonly" -> out.append('r');
				case "noscript" -> out.append('s');
				default -> {
				}
			}
		}
		return out.toString();
	}

	private static void keySpec(@Nullable Object spec, List<KeySpec> into) {
		for (Object flag : list(field(spec, "flags"))) {
			// A channel, or keys that cannot all be found.
			if (text(flag).equalsIgnoreCase("not_key") || text(flag).equalsIgnoreCase("incomplete")) {
				return;
			}
		}
		Object begin = field(spec, "begin_search");
		Object find = field(spec, "find_keys");
		Object beginSpec = field(begin, "spec");
		Object findSpec = field(find, "spec");
		String keyword = null;
		int from;
		if (text(field(begin, "type")).equals("index")) {
			from = number(beginSpec, "index");
		}
		else if (text(field(begin, "type")).equals("keyword")) {
			keyword = text(field(beginSpec, "keyword"));
			from = number(beginSpec, "startfrom");
		}
		else {
			return;
		}
		if (text(field(find, "type")).equals("range")) {
			into.add(KeySpec.range(keyword, from, number(findSpec, "lastkey"), number(findSpec, "keystep"),
					number(findSpec, "limit")));
		}
		else if (text(field(find, "type")).equals("keynum")) {
			into.add(KeySpec.numbered(keyword, from, number(findSpec, "keynumidx"), number(findSpec, "firstkey"),
					number(findSpec, "keystep")));
		}
	}

	// Servers before 7.0 know first, last and step only.
	private static void legacyKeys(List<?> fields, List<KeySpec> into) {
		if (fields.get(3) instanceof Number first && fields.get(4) instanceof Number last
				&& fields.get(5) instanceof Number step && first.intValue() > 0) {
			int relative = last.intValue();
			relative = (relative >= 0) ? relative - first.intValue() : relative;
			into.add(KeySpec.range(null, first.intValue(), relative, step.intValue(), 0));
		}
	}

	private static int number(@Nullable Object map, String name) {
		return (field(map, name) instanceof Number number) ? number.intValue() : 0;
	}

	private static @Nullable Object field(@Nullable Object map, String name) {
		if (map instanceof Map<?, ?> entries) {
			for (Map.Entry<?, ?> entry : entries.entrySet()) {
				if (text(entry.getKey()).equals(name)) {
					return entry.getValue();
				}
			}
			return null;
		}
		List<?> flat = list(map);
		for (int i = 0; i + 1 < flat.size(); i += 2) {
			if (text(flat.get(i)).equals(name)) {
				return flat.get(i + 1);
			}
		}
		return null;
	}

	private static List<?> list(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list;
		}
		if (value instanceof Object[] array) {
			return List.of(array);
		}
		return (value instanceof Collection<?> collection) ? new ArrayList<>(collection) : List.of();
	}

	private static String text(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		return (value != null) ? value.toString() : "";
	}

}
