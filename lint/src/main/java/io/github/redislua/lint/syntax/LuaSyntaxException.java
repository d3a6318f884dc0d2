package io.github.redislua.lint.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where Lua 5.1 refuses a chunk. {@link #getMessage()} is the reference
 * implementation's text without the position in front of it, a character a byte
 * (ISO-8859-1), such as {@code '=' expected near 'x'}.
 */
public final class LuaSyntaxException extends Exception {

	private static final long serialVersionUID = 1L;

	private final int line;

	private final int start;

	private final int end;

	private final @Nullable String hint;

	LuaSyntaxException(String message, int line, int start, int end, @Nullable String hint) {
		super(message, null, false, false);
		this.line = line;
		this.start = start;
		this.end = end;
		this.hint = hint;
	}

	/**
	 * The line the server names, from 1, or 0 where it names none.
	 * @return the line
	 */
	public int line() {
		return this.line;
	}

	/**
	 * The offset of the first byte of what is wrong.
	 * @return the offset in bytes
	 */
	public int start() {
		return this.start;
	}

	/**
	 * The offset after the last byte of what is wrong.
	 * @return the offset in bytes
	 */
	public int end() {
		return this.end;
	}

	/**
	 * What to write instead, where that is known.
	 * @return the hint or null
	 */
	public @Nullable String hint() {
		return this.hint;
	}

}
