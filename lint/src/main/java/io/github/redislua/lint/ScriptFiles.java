package io.github.redislua.lint;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Finds scripts in the file system.
 */
public final class ScriptFiles {

	private ScriptFiles() {
	}

	/**
	 * The scripts below some folders.
	 * @param paths folders, of which every {@code *.lua} below is meant, or files
	 * @return the files of one folder after the other, each folder's in order of their
	 * paths
	 * @throws IOException if one is not there or cannot be read
	 */
	public static List<Path> below(Collection<Path> paths) throws IOException {
		List<Path> files = new ArrayList<>();
		for (Path path : paths) {
			int from = files.size();
			Files.walkFileTree(path, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (file.equals(path) || attributes.isRegularFile() && file.toString().endsWith(".lua")) {
						files.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

			});
			Collections.sort(files.subList(from, files.size()));
		}
		return files;
	}

}
