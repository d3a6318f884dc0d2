package io.github.redislua.autoconfigure.diagnostics;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Lists for people to read.
 */
final class Lines {

	private Lines() {
	}

	static String bullets(Collection<String> lines) {
		if (lines.size() == 1) {
			return lines.iterator().next() + ".";
		}
		return lines.stream().map((line) -> "- " + line).collect(Collectors.joining(System.lineSeparator()));
	}

}
