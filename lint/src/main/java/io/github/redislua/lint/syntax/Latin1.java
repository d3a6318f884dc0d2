package io.github.redislua.lint.syntax;

import java.nio.charset.StandardCharsets;

/**
 * Bytes as characters and back, one to one: Lua knows bytes only.
 */
final class Latin1 {

	private Latin1() {
	}

	static String string(byte[] source, int from, int to) {
		return new String(source, from, to - from, StandardCharsets.ISO_8859_1);
	}

}
