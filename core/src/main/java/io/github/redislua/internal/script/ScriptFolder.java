package io.github.redislua.internal.script;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The {@code *.lua} files below a folder. Symbolic links are followed; what cannot be
 * read is a warning, and everything else is found.
 */
final class ScriptFolder extends SimpleFileVisitor<Path> {

	private static final Log logger = LogFactory.getLog(ScriptFolder.class);

	private static final String SUFFIX = ".lua";

	private final Path root;

	private final List<Path> files = new ArrayList<>();

	private ScriptFolder(Path root) {
		this.root = root;
	}

	/**
	 * Looks for the files.
	 * @param root the folder
	 * @return the files, each below {@code root}
	 * @throws IOException if the files cannot be looked for at all
	 */
	static List<Path> files(Path root) throws IOException {
		ScriptFolder folder = new ScriptFolder(root);
		Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, folder);
		return folder.files;
	}

	@Override
	public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
		return (isHiddenByKubernetes(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
	}

	// The folders that a mounted volume has its files in, which are linked to from where
	// they are wanted: '..data' and one with the time.
	private boolean isHiddenByKubernetes(Path folder) {
		return !folder.equals(this.root) && folder.getFileName().toString().startsWith("..");
	}

	@Override
	public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
		if (file.getFileName().toString().endsWith(SUFFIX)) {
			if (attributes.isSymbolicLink()) {
				logger.warn("Left out " + file + ": the symbolic link leads nowhere");
			}
			else if (!Files.isReadable(file)) {
				logger.warn("Left out " + file + ": the application may not read the file");
			}
			else {
				this.files.add(file);
			}
		}
		return FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult visitFileFailed(Path file, IOException ex) {
		if (file.equals(this.root) || !isHiddenByKubernetes(file)) {
			logger.warn("Left out " + file + ": " + reason(ex));
		}
		return FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult postVisitDirectory(Path folder, IOException ex) {
		if (ex != null) {
			logger.warn("Left out a part of " + folder + ": " + reason(ex));
		}
		return FileVisitResult.CONTINUE;
	}

	private static String reason(IOException ex) {
		if (ex instanceof FileSystemLoopException) {
			return "the symbolic link leads to a folder that it is in";
		}
		return (ex instanceof AccessDeniedException) ? "the application may not read it" : ex.toString();
	}

}
