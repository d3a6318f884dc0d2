package io.github.redislua.internal.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.LuaScriptNotFoundException;

/**
 * The scripts that were found, by name.
 */
public final class ScriptCatalog {

	private static final int SUGGESTIONS = 3;

	private volatile Map<String, List<Script>> scripts;

	private final List<String> locations;

	public ScriptCatalog(Map<String, List<Script>> scripts, List<String> locations) {
		this.scripts = scripts;
		this.locations = List.copyOf(locations);
	}

	/**
	 * A catalog without scripts in files.
	 * @return an empty catalog
	 */
	public static ScriptCatalog empty() {
		return new ScriptCatalog(Map.of(), List.of());
	}

	/**
	 * All scripts of a name, which are several if they are in different places.
	 * @param name the name
	 * @return the scripts, possibly none
	 */
	public List<Script> find(String name) {
		return this.scripts.getOrDefault(name, List.of());
	}

	/**
	 * Puts a changed script in the place of the one of its name and origin.
	 * @param script the script
	 */
	public synchronized void replace(Script script) {
		Map<String, List<Script>> changed = new TreeMap<>(this.scripts);
		changed.computeIfPresent(script.name(),
				(name, candidates) -> candidates.stream()
					.map((candidate) -> candidate.origin().equals(script.origin()) ? script : candidate)
					.toList());
		this.scripts = changed;
	}

	/**
	 * All scripts that are the only ones of their name.
	 * @return scripts by name
	 */
	public Map<String, Script> unambiguous() {
		Map<String, Script> result = new TreeMap<>();
		this.scripts.forEach((name, candidates) -> {
			if (candidates.size() == 1) {
				result.put(name, candidates.get(0));
			}
		});
		return result;
	}

	/**
	 * Names that stand for several scripts in different places.
	 * @return their scripts by name
	 */
	public Map<String, List<Script>> ambiguous() {
		Map<String, List<Script>> result = new LinkedHashMap<>();
		this.scripts.forEach((name, candidates) -> {
			if (candidates.size() > 1) {
				result.put(name, candidates);
			}
		});
		return result;
	}

	/**
	 * The only script of a name.
	 * @param name the name
	 * @return the script
	 * @throws LuaScriptNotFoundException if there is none
	 * @throws LuaScriptDefinitionException if there are several
	 */
	public Script get(String name) {
		List<Script> found = find(name);
		if (found.isEmpty()) {
			throw notFound("There is no Lua script '" + name + "'", name);
		}
		if (found.size() > 1) {
			throw new LuaScriptDefinitionException(List.of(ambiguity("LuaScripts", found)));
		}
		return found.get(0);
	}

	/**
	 * What to say about several scripts of one name.
	 * @param place who asks
	 * @param candidates the scripts
	 * @return the finding
	 */
	public Finding ambiguity(String place, Collection<Script> candidates) {
		List<String> places = candidates.stream().map(Script::origin).toList();
		return new Finding(place, candidates.iterator().next().name(),
				"there are " + places.size() + " scripts of this name: " + String.join(" and ", places),
				"Keep one of them, rename the others, or narrow redis-lua.locations");
	}

	/**
	 * The exception for a script that is missing.
	 * @param problem what is missing
	 * @param name the name that was asked for
	 * @return the exception, which names the nearest scripts and the locations
	 */
	public LuaScriptNotFoundException notFound(String problem, String name) {
		List<String> nearest = nearest(name);
		StringBuilder message = new StringBuilder(problem).append(". Looked in ").append(this.locations);
		if (!nearest.isEmpty()) {
			message.append("; did you mean ").append(quoted(nearest)).append('?');
		}
		else {
			message.append((this.scripts.isEmpty()) ? ", where there is no script at all" : "");
		}
		return new LuaScriptNotFoundException(message.toString(), name, nearest, this.locations);
	}

	/**
	 * Where scripts were looked for.
	 * @return the locations
	 */
	public List<String> locations() {
		return this.locations;
	}

	private static String quoted(List<String> names) {
		return "'" + String.join("', '", names) + "'";
	}

	/**
	 * The names spelt most alike.
	 * @param name a name
	 * @return up to three names, the nearest first
	 */
	public List<String> nearest(String name) {
		List<String> names = new ArrayList<>();
		for (String candidate : this.scripts.keySet()) {
			if (distance(name, candidate) < Integer.MAX_VALUE) {
				names.add(candidate);
			}
		}
		names.sort(Comparator.comparingInt((candidate) -> distance(name, candidate)));
		return (names.size() > SUGGESTIONS) ? List.copyOf(names.subList(0, SUGGESTIONS)) : names;
	}

	// Edits between two names; a forgotten or a wrong folder counts as one.
	private static int distance(String one, String other) {
		int whole = edits(one, other);
		int leaf = edits(one.substring(one.lastIndexOf('/') + 1), other.substring(other.lastIndexOf('/') + 1));
		return Math.min(whole, (leaf < Integer.MAX_VALUE) ? leaf + 1 : leaf);
	}

	private static int edits(String one, String other) {
		int edits = levenshtein(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
		return (edits <= Math.max(1, one.length() / 3)) ? edits : Integer.MAX_VALUE;
	}

	private static int levenshtein(String left, String right) {
		int[] previous = new int[right.length() + 1];
		int[] current = new int[right.length() + 1];
		for (int j = 0; j < previous.length; j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			current[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int substitution = previous[j - 1] + ((left.charAt(i - 1) != right.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
			}
			int[] swap = previous;
			previous = current;
			current = swap;
		}
		return previous[right.length()];
	}

}
