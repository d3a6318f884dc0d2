package io.github.redislua.lint;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds scripts in the file system.
 */
public final class ScriptFiles {

	private ScriptFiles() {
	}

	/**
	 * The scripts below some folders. Symbolic links are followed; folders below whose
	 * names begin with two dots, where Kubernetes keeps a volume's versions, are left
	 * out.
	 * @param paths folders, of which every {@code *.lua} below is meant, or files
	 * @return the files of one folder after the other, each folder's in order of their
	 * paths, and each file once
	 * @throws IOException if one is not there or cannot be read
	 */
	public static List<Path> below(Collection<Path> paths) throws IOException {
		List<Path> files = new ArrayList<>();
		Set<Path> known = new HashSet<>();
		for (Path path : paths) {
			Walk walk = new Walk(path);
			Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
			Collections.sort(walk.found);
			for (Path file : walk.found) {
				if (known.add(file.toRealPath())) {
					files.add(file);
				}
			}
		}
		return files;
	}

	private static final class Walk extends SimpleFileVisitor<Path> {

		final List<Path> found = new ArrayList<>();

		private final Path root;

		private Walk(Path root) {
			this.root = root;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
			boolean hidden = !folder.equals(this.root) && folder.getFileName().toString().startsWith("..");
			return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			if (file.equals(this.root) || attributes.isRegularFile() && file.toString().endsWith(".lua")) {
				this.found.add(file);
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
			if (failure instanceof FileSystemLoopException) {
				// A link to a folder above, whose scripts are found there.
				return FileVisitResult.CONTINUE;
			}
			throw failure;
		}

	}

}
