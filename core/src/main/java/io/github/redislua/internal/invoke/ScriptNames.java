package io.github.redislua.internal.invoke;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.internal.codec.Excerpt;
import io.github.redislua.internal.script.Script;
import io.github.redislua.internal.script.ScriptCatalog;

/**
 * Finds the script that a method means.
 */
public final class ScriptNames {

	private static final Pattern SOURCE = Pattern
		.compile("[\\n(){}=;'\"]|^\\s*(?:return|local|if|for|while)\\s|^#!|^--");

	private final ScriptCatalog catalog;

	private final Map<String, Script> inline = new ConcurrentHashMap<>();

	private final Map<String, LuaScriptNotFoundException> missing = new ConcurrentHashMap<>();

	public ScriptNames(ScriptCatalog catalog) {
		this.catalog = catalog;
	}

	public Map<String, Script> inlineScripts() {
		return this.inline;
	}

	/**
	 * The exception for a finding that says a script is missing.
	 * @param finding a finding
	 * @return the exception, {@code null} if the finding says something else
	 */
	public @Nullable LuaScriptNotFoundException missing(Finding finding) {
		return this.missing.get(finding.toString());
	}

	public Script inline(Class<?> repository, Method method, String place, String source) {
		String name = repository.getSimpleName() + "." + method.getName();
		Script script = Script.inline(name, place, source);
		for (int i = 2; this.inline.putIfAbsent(script.name(), script) != null; i++) {
			// Overloads, and interfaces of one name in two packages.
			script = Script.inline(name + "#" + i, place, source);
		}
		return script;
	}

	/**
	 * Finds a script in the catalog.
	 * @param path the folder of the interface, possibly empty
	 * @param given the name in the annotation, possibly empty
	 * @param methodName the name of the method
	 * @param place the method, for messages
	 * @param findings takes what is wrong
	 * @return the script, {@code null} if there is not exactly one
	 */
	public @Nullable Script find(String path, String given, String methodName, String place, List<Finding> findings) {
		String folder = path.isEmpty() ? "" : path + "/";
		Set<String> names = new LinkedHashSet<>();
		if (StringUtils.hasText(given)) {
			names.add(folder + given);
		}
		else {
			names.add(folder + methodName);
			names.add(folder + separated(methodName, '_'));
			names.add(folder + separated(methodName, '-'));
		}
		List<Script> found = new ArrayList<>();
		for (String name : names) {
			found.addAll(this.catalog.find(name));
		}
		if (found.size() == 1) {
			return found.get(0);
		}
		if (found.isEmpty()) {
			findings.add(isSource(given) ? source(given, place) : missing(names, place));
		}
		else if (found.stream().map(Script::name).distinct().count() == 1) {
			findings.add(this.catalog.ambiguity(place, found));
		}
		else {
			List<String> candidates = found.stream()
				.map((script) -> "'" + script.name() + "' (" + script.location() + ")")
				.toList();
			findings.add(new Finding(place, null,
					"its name stands for more than one script: " + String.join(" and ", candidates),
					"Name the one you mean: @LuaScript(\"" + found.get(0).name().substring(folder.length()) + "\")"));
		}
		return null;
	}

	// No name of a file that anybody would give.
	private static boolean isSource(String name) {
		return SOURCE.matcher(name).find();
	}

	private static Finding source(String given, String place) {
		return new Finding(place, null, "@LuaScript names a script, but " + Excerpt.of(given) + " is the source of one",
				"Write @LuaScript(source = \"...\"), or put the source into a file and name that");
	}

	private Finding missing(Set<String> names, String place) {
		List<String> list = List.copyOf(names);
		String last = list.get(list.size() - 1);
		String wanted = (list.size() == 1) ? "there is no Lua script '" + last + "'" : "there is no Lua script '"
				+ String.join("', '", list.subList(0, list.size() - 1)) + "' or '" + last + "'";
		LuaScriptNotFoundException exception = this.catalog.notFound(place + ": " + wanted,
				list.get(Math.min(1, list.size() - 1)));
		List<String> nearest = exception.getNearestNames();
		String action = nearest.isEmpty() ? "Create " + file(list) + ", or name an existing script"
				: "Did you mean '" + String.join("', '", nearest) + "'? Otherwise create " + file(list);
		Finding finding = new Finding(place, null, wanted + " in " + this.catalog.locations(), action);
		this.missing.put(finding.toString(), exception);
		return finding;
	}

	private String file(List<String> names) {
		String name = (names.size() > 1) ? names.get(1) : names.get(0);
		List<String> locations = this.catalog.locations();
		String root = locations.isEmpty() ? "lua/" : locations.get(0);
		return root + (root.endsWith("/") ? "" : "/") + name + ".lua";
	}

	private static String separated(String methodName, char separator) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < methodName.length(); i++) {
			char current = methodName.charAt(i);
			boolean boundary = i > 0 && Character.isUpperCase(current)
					&& (!Character.isUpperCase(methodName.charAt(i - 1))
							|| (i + 1 < methodName.length() && Character.isLowerCase(methodName.charAt(i + 1))));
			if (boundary) {
				result.append(separator);
			}
			result.append(current);
		}
		return result.toString().toLowerCase(Locale.ROOT);
	}

}
