package io.github.redislua.test.internal.binary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import io.github.redislua.test.LocalRedisException;

/**
 * Extracts server programs, once per user and machine, into a directory only the user can
 * write to.
 */
final class BinaryCache {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	private BinaryCache() {
	}

	static Path get(EmbeddedBinary binary) {
		return get(binary, Path.of(System.getProperty("java.io.tmpdir")));
	}

	static synchronized Path get(EmbeddedBinary binary, Path parent) {
		try {
			Path directory = directory(parent);
			Path file = directory.resolve("%08x-%s-%s".formatted(binary.crc(), binary.size(), binary.name()));
			if (!isIntact(file, binary)) {
				extract(binary, directory, file);
			}
			return file;
		}
		catch (IOException ex) {
			throw new LocalRedisException("%s cannot be extracted to %s".formatted(binary.name(), parent), ex);
		}
	}

	private static Path directory(Path parent) throws IOException {
		Path directory = parent.resolve("redis-lua-" + System.getProperty("user.name").replaceAll("\\W", "_"));
		if (!isPosix(parent)) {
			return Files.createDirectories(directory);
		}
		if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
			try {
				return Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
			}
			catch (FileAlreadyExistsException ex) {
				// Another process was faster.
			}
		}
		return (isOwnersOnly(directory, parent)) ? directory : Files.createTempDirectory(parent, "redis-lua-");
	}

	// Others can make directories in a shared temporary directory, too. What is in theirs
	// must not be run.
	private static boolean isOwnersOnly(Path directory, Path parent) throws IOException {
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
				|| !Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
			return false;
		}
		Path probe = Files.createTempFile(parent, "redis-lua-", ".tmp");
		try {
			return Files.getOwner(probe).equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS));
		}
		finally {
			Files.delete(probe);
		}
	}

	private static boolean isIntact(Path file, EmbeddedBinary binary) throws IOException {
		if (!Files.isExecutable(file) || Files.size(file) != binary.size()) {
			return false;
		}
		CRC32 crc = new CRC32();
		crc.update(Files.readAllBytes(file));
		return crc.getValue() == binary.crc();
	}

	private static void extract(EmbeddedBinary binary, Path directory, Path file) throws IOException {
		Path part = Files.createTempFile(directory, "redis-server-", ".part");
		try {
			CRC32 crc = new CRC32();
			try (InputStream in = new CheckedInputStream(binary.open(), crc)) {
				Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
			}
			if (crc.getValue() != binary.crc()) {
				throw new IOException("What was extracted is not what the jar's directory says");
			}
			if (isPosix(part)) {
				Files.setPosixFilePermissions(part, OWNER_ONLY);
			}
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

	private static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

}
