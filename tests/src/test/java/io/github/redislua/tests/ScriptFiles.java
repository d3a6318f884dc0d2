package io.github.redislua.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Script files for one test, in a folder or in a jar.
 */
final class ScriptFiles {

	private final Map<String, byte[]> files = new TreeMap<>();

	private ScriptFiles() {
	}

	static ScriptFiles with(String name, String content) {
		return new ScriptFiles().and(name, content);
	}

	static ScriptFiles with(String name, byte[] content) {
		return new ScriptFiles().and(name, content);
	}

	ScriptFiles and(String name, String content) {
		return and(name, content.getBytes(StandardCharsets.UTF_8));
	}

	ScriptFiles and(String name, byte[] content) {
		this.files.put(name, content);
		return this;
	}

	/**
	 * Writes the files.
	 * @param folder where to write them
	 * @return the folder as a location
	 */
	String in(Path folder) {
		this.files.forEach((name, content) -> {
			try {
				Path file = folder.resolve(name);
				Files.createDirectories(file.getParent());
				Files.write(file, content);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		return "file:" + folder + "/";
	}

	/**
	 * Writes the files to a jar, with or without entries for their folders.
	 * @param jar the file to write
	 * @param folders whether folders have entries of their own
	 * @return the jar
	 */
	Path inJar(Path jar, boolean folders) {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			if (folders) {
				for (String folder : folders()) {
					out.putNextEntry(new JarEntry(folder));
				}
			}
			for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
				out.putNextEntry(new JarEntry(file.getKey()));
				out.write(file.getValue());
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Set<String> folders() {
		Set<String> folders = new LinkedHashSet<>();
		for (String file : this.files.keySet()) {
			for (int i = file.indexOf('/'); i >= 0; i = file.indexOf('/', i + 1)) {
				folders.add(file.substring(0, i + 1));
			}
		}
		return folders;
	}

}
