package io.github.redislua.internal.codec.reply;

import org.jspecify.annotations.Nullable;

/**
 * A reply that does not fit the declared type. Internal: the caller, who knows method and
 * script, makes a {@code LuaScriptReplyException} of it.
 */
public class ReplyMismatchException extends RuntimeException {

	private final String expected;

	private final String actual;

	public ReplyMismatchException(String expected, String actual) {
		this(expected, actual, null);
	}

	public ReplyMismatchException(String expected, String actual, @Nullable Throwable cause) {
		super("expected " + expected + " but got " + actual, cause);
		this.expected = expected;
		this.actual = actual;
	}

	/**
	 * What the declared type can take, with the path to it if it is inside another type:
	 * {@code int}, {@code element 2 of List<Long>: Long}. Elements count from 1, as in
	 * Lua.
	 * @return the expectation
	 */
	public String getExpected() {
		return this.expected;
	}

	/**
	 * What came, shortened and escaped so that it can be logged, and what is wrong with
	 * it: {@code integer 42}, {@code bulk string "abc"}, {@code nil}.
	 * @return the description
	 */
	public String getActual() {
		return this.actual;
	}

	/**
	 * The same mismatch, seen from the type around it.
	 * @param path where in that type it is
	 * @return the exception to throw instead
	 */
	public ReplyMismatchException within(String path) {
		return new ReplyMismatchException(path + ": " + this.expected, this.actual, getCause());
	}

}
