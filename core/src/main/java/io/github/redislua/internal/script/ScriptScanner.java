package io.github.redislua.internal.script;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.StringUtils;

/**
 * Finds {@code *.lua} files below location roots, in folders and in jars.
 */
public final class ScriptScanner {

	/**
	 * Where scripts are looked for unless the application says otherwise.
	 */
	public static final String DEFAULT_LOCATION = ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX + "lua/";

	private static final String CLASSPATH = "classpath:";

	private static final AntPathMatcher PATTERNS = new AntPathMatcher();

	private static final Log logger = LogFactory.getLog(ScriptScanner.class);

	private final ResourcePatternResolver resolver;

	public ScriptScanner(ResourcePatternResolver resolver) {
		this.resolver = resolver;
	}

	/**
	 * Reads all scripts below the given roots.
	 * @param locations Spring resource locations of folders
	 * @return the scripts
	 */
	public ScriptCatalog scan(List<String> locations) {
		// The same file reached through two roots is one script, and is read once.
		Map<String, Map<String, Script>> byNameAndUrl = new TreeMap<>();
		ScriptIndex index = AotDetector.useGeneratedArtifacts() ? ScriptIndex.read(this.resolver) : null;
		for (String location : locations) {
			try {
				Collection<String> indexed = (index != null) ? index.paths(location) : null;
				int found = (indexed != null) ? read(location, indexed, byNameAndUrl) : scan(location, byNameAndUrl);
				if (found == 0 && !location.equals(DEFAULT_LOCATION)) {
					logger.warn("No Lua scripts found in '" + location + "'");
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Cannot read the Lua scripts in '" + location + "'", ex);
			}
		}
		Map<String, List<Script>> byName = new TreeMap<>();
		byNameAndUrl.forEach((name, scripts) -> byName.put(name, List.copyOf(scripts.values())));
		return new ScriptCatalog(byName, locations);
	}

	private int scan(String location, Map<String, Map<String, Script>> target) throws IOException {
		String root = location.endsWith("/") ? location : location + "/";
		List<String> rootUrls = urls(root);
		int found = 0;
		for (Resource resource : below(root)) {
			if (!isReadable(resource)) {
				continue;
			}
			String url = url(resource);
			String name = StringUtils.stripFilenameExtension(relative(url, rootUrls, root));
			if (isHiddenByKubernetes(name)) {
				continue;
			}
			Map<String, Script> scripts = target.computeIfAbsent(name, (key) -> new TreeMap<>());
			if (!scripts.containsKey(url)) {
				scripts.put(url, read(resource, root, name, url));
			}
			found++;
		}
		return found;
	}

	// Folders are walked here: Spring's resolver gives all up for one file that cannot be
	// read, such as a link that loops.
	private List<Resource> below(String root) throws IOException {
		String everything = root + "**/*.lua";
		if (PATTERNS.isPattern(withoutPrefix(root))) {
			return List.of(resources(everything));
		}
		List<Resource> found = new ArrayList<>();
		boolean elsewhere = false;
		for (Resource folder : resources(root)) {
			Path path = file(folder);
			if (path == null || path.getFileSystem() != FileSystems.getDefault()) {
				elsewhere = true;
			}
			else if (Files.isDirectory(path)) {
				ScriptFolder.files(path).forEach((file) -> found.add(new FileSystemResource(file)));
			}
		}
		if (elsewhere) {
			found.addAll(List.of(resources(everything)));
		}
		return found;
	}

	// A folder of the class path cannot be listed in a native image.
	private int read(String location, Collection<String> paths, Map<String, Map<String, Script>> target)
			throws IOException {
		String root = location.endsWith("/") ? location : location + "/";
		for (String path : paths) {
			Resource resource = this.resolver.getResource(CLASSPATH + path);
			String name = StringUtils.stripFilenameExtension(path.substring(withoutPrefix(root).length()));
			target.computeIfAbsent(name, (key) -> new TreeMap<>()).put(path, read(resource, root, name, path));
		}
		return paths.size();
	}

	private Script read(Resource resource, String root, String name, String url) throws IOException {
		String rootPath = withoutPrefix(root);
		String path = rootPath + name + ".lua";
		String location = isClassPath(root) ? "class path resource [" + path + "]" : resource.getDescription();
		Script script = Script.of(name, location, path, url, resource.getContentAsByteArray());
		Path file = file(resource);
		return (file != null) ? script.in(file) : script;
	}

	private static @Nullable Path file(Resource resource) {
		try {
			return resource.isFile() ? resource.getFile().toPath() : null;
		}
		catch (IOException | IllegalArgumentException ex) {
			// A file that is none on any disk.
			return null;
		}
	}

	private Resource[] resources(String pattern) throws IOException {
		try {
			return this.resolver.getResources(pattern);
		}
		catch (FileNotFoundException ex) {
			// A root that does not exist: the caller says so.
			logger.debug("No resources for " + pattern, ex);
			return new Resource[0];
		}
	}

	// The URLs of a root, one for each folder or jar that has it.
	private List<String> urls(String root) throws IOException {
		List<String> urls = new ArrayList<>();
		for (Resource resource : resources(root)) {
			String url = urlOrNull(resource);
			if (url != null) {
				urls.add(url.endsWith("/") ? url : url + "/");
			}
		}
		return urls;
	}

	private static String relative(String url, List<String> rootUrls, String root) {
		for (String rootUrl : rootUrls) {
			if (url.startsWith(rootUrl)) {
				return url.substring(rootUrl.length());
			}
		}
		// A link below the root, or a loader that spells its URLs in another way.
		String path = withoutPrefix(root);
		String rootPath = path.startsWith("/") ? path : "/" + path;
		int start = url.lastIndexOf(rootPath);
		return (start >= 0) ? url.substring(start + rootPath.length()) : url.substring(url.lastIndexOf('/') + 1);
	}

	private static String url(Resource resource) {
		String url = urlOrNull(resource);
		return (url != null) ? url : resource.getDescription();
	}

	private static @Nullable String urlOrNull(Resource resource) {
		try {
			return decode(resource.getURL().toString());
		}
		catch (IOException ex) {
			return null;
		}
	}

	// Not every loader escapes what it puts into a URL: a '%' may be one, or just stand
	// in a
	// name. And '+' is no escape in a path, but URLDecoder takes it for one.
	private static String decode(String url) {
		try {
			return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return url;
		}
	}

	// The folders that a mounted volume has its files in, which are linked to from where
	// they are wanted: '..data' and one with the time.
	private static boolean isHiddenByKubernetes(String name) {
		return name.startsWith("..") || name.contains("/..");
	}

	private static boolean isReadable(Resource resource) {
		try {
			return resource.isReadable();
		}
		catch (IllegalArgumentException ex) {
			logger.warn("Cannot read " + resource.getDescription() + ": its name has a '%' that is no escape");
			return false;
		}
	}

	public static boolean isClassPath(String location) {
		return location.startsWith(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX) || location.startsWith(CLASSPATH)
				|| location.indexOf(':') < 0;
	}

	private static String withoutPrefix(String location) {
		String path = location.substring(location.lastIndexOf(':') + 1);
		while (path.startsWith("//")) {
			path = path.substring(1);
		}
		return (isClassPath(location) && path.startsWith("/")) ? path.substring(1) : path;
	}

}
