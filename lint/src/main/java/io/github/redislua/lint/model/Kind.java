package io.github.redislua.lint.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One of the things that a value can be, in the words of what it is as a reply.
 *
 * @param type what it is
 * @param text what it is as text, where that is written down in the script, else null
 * @param elements the elements of a list, null if they are not known
 */
public record Kind(Type type, @Nullable String text, @Nullable Elements elements) {

	static final Kind UNKNOWN = new Kind(Type.UNKNOWN, null, null);

	static final Kind NUMBER = new Kind(Type.NUMBER, null, null);

	static final Kind TEXT = new Kind(Type.TEXT, null, null);

	static final Kind STATUS = new Kind(Type.STATUS, null, null);

	static final Kind LIST = new Kind(Type.LIST, null, null);

	static final Kind ERROR = new Kind(Type.ERROR, null, null);

	static final Kind TRUE = new Kind(Type.TRUE, null, null);

	static final Kind FALSE = new Kind(Type.FALSE, null, null);

	static final Kind NIL = new Kind(Type.NIL, null, null);

	static Kind number(double value) {
		// What Redis makes of a number that is no finite one is not certain.
		return (Math.abs(value) < 1L << 53) ? new Kind(Type.NUMBER, Long.toString((long) value), null) : NUMBER;
	}

	static Kind text(String value) {
		return new Kind(Type.TEXT, value, null);
	}

	boolean isTruthy() {
		return this.type != Type.NIL && this.type != Type.FALSE;
	}

	boolean isFalsy() {
		return !isTruthy() || this.type == Type.UNKNOWN;
	}

	// Whether it is a table, which others may change that have it, too.
	boolean isTable() {
		return this.type == Type.LIST || this.type == Type.STATUS || this.type == Type.ERROR;
	}

	/**
	 * The elements of a list.
	 *
	 * @param kinds what each can be
	 * @param open whether more may follow
	 */
	public record Elements(List<List<Kind>> kinds, boolean open) {

	}

	/**
	 * What a value is.
	 */
	public enum Type {

		/** A number: an integer as a reply. */
		NUMBER("an integer"),

		/** A string. */
		TEXT("a string"),

		/** A table with the field {@code ok}. */
		STATUS("a status"),

		/** A table with the field {@code err}: the call fails. */
		ERROR("an error"),

		/** A table without a field that makes it something else. */
		LIST("a list"),

		/** {@code true}: 1 as a reply. */
		TRUE("an integer"),

		/** {@code false}: nil as a reply, also as an element. */
		FALSE("nil"),

		/** {@code nil}, which ends a list. */
		NIL("nil"),

		/** Not known. */
		UNKNOWN("anything");

		private final String label;

		Type(String label) {
			this.label = label;
		}

		/**
		 * What it is as a reply, in words.
		 * @return the words
		 */
		public String label() {
			return this.label;
		}

	}

}
