package io.github.redislua.internal.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The scripts that were found on the class path when the application was built. One line
 * for each: the location, a tab, and the path of the script.
 */
public final class ScriptIndex {

	/**
	 * Where the list is kept.
	 */
	public static final String LOCATION = "META-INF/redis-lua/scripts.index";

	private final Map<String, SortedSet<String>> paths;

	private ScriptIndex(Map<String, SortedSet<String>> paths) {
		this.paths = paths;
	}

	/**
	 * Looks for the scripts.
	 * @param resources finds them
	 * @param locations the roots to look below; those that are not on the class path, or
	 * have a wildcard, are left out
	 * @return the list
	 */
	public static ScriptIndex of(ResourcePatternResolver resources, List<String> locations) {
		Map<String, SortedSet<String>> paths = new LinkedHashMap<>();
		ScriptScanner scanner = new ScriptScanner(resources);
		for (String location : locations) {
			String root = location.startsWith(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX)
					? location.substring(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX.length()) : location;
			if (ScriptScanner.isClassPath(location) && root.indexOf('*') < 0) {
				SortedSet<String> found = new TreeSet<>();
				ScriptCatalog catalog = scanner.scan(List.of(location));
				catalog.unambiguous().values().forEach((script) -> found.add(script.path()));
				catalog.ambiguous()
					.values()
					.forEach((scripts) -> scripts.forEach((script) -> found.add(script.path())));
				paths.put(location, found);
			}
		}
		return new ScriptIndex(paths);
	}

	/**
	 * Reads the list that was made when the application was built.
	 * @param resources finds it
	 * @return the list, {@code null} if none was made
	 */
	public static @Nullable ScriptIndex read(ResourceLoader resources) {
		Resource resource = resources.getResource(ResourceLoader.CLASSPATH_URL_PREFIX + LOCATION);
		if (!resource.exists()) {
			return null;
		}
		Map<String, SortedSet<String>> paths = new LinkedHashMap<>();
		try {
			for (String line : resource.getContentAsString(StandardCharsets.UTF_8).lines().toList()) {
				int tab = line.indexOf('\t');
				SortedSet<String> found = paths.computeIfAbsent(line.substring(0, tab), (key) -> new TreeSet<>());
				if (tab + 1 < line.length()) {
					found.add(line.substring(tab + 1));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + LOCATION, ex);
		}
		return new ScriptIndex(paths);
	}

	/**
	 * The scripts below a location.
	 * @param location the location
	 * @return their paths, {@code null} if the location was not looked at
	 */
	public @Nullable Collection<String> paths(String location) {
		return this.paths.get(location);
	}

	/**
	 * All scripts.
	 * @return their paths
	 */
	public Collection<String> paths() {
		SortedSet<String> all = new TreeSet<>();
		this.paths.values().forEach(all::addAll);
		return all;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.paths.forEach((location, found) -> {
			if (found.isEmpty()) {
				text.append(location).append("\t\n");
			}
			found.forEach((path) -> text.append(location).append('\t').append(path).append('\n'));
		});
		return text.toString();
	}

}
