package io.github.redislua.lint.syntax;

import org.jspecify.annotations.Nullable;

final class SyntaxHints {

	private SyntaxHints() {
	}

	static @Nullable String hint(Lexer lexer, String message, int start) {
		return null;
	}

}
