package io.github.redislua.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import org.jspecify.annotations.Nullable;

/**
 * What shows that a file was changed.
 *
 * @param modified when it was written
 * @param size its size in bytes
 */
record FileStamp(FileTime modified, long size) {

	static @Nullable FileStamp of(Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return new FileStamp(attributes.lastModifiedTime(), attributes.size());
		}
		catch (IOException ex) {
			return null;
		}
	}

}
