package io.github.redislua.lint;

import java.util.List;

/**
 * The class of a method's return type, as far as it decides which replies fit.
 *
 * @param kind the kind
 * @param nullable whether a nil reply fits: an {@code Optional}, a nullable reference
 * @param components of a record read by position how many it has, else -1
 * @param parts the types of a record's components, in order, or of a list's elements
 * alone; empty if they are not known
 */
public record ReturnType(Kind kind, boolean nullable, int components, List<ReturnType> parts) {

	/**
	 * Whatever the script returns fits: {@code void}, {@code Object}, or unknown.
	 */
	public static final ReturnType ANY = new ReturnType(Kind.ANY, true, -1);

	/**
	 * A return type.
	 * @param kind the kind
	 * @param nullable whether nil fits
	 * @param components of a record read by position how many it has, else -1
	 * @param parts the types of its parts, empty if they are not known
	 */
	public ReturnType {
		parts = List.copyOf(parts);
	}

	/**
	 * A return type whose parts are not known.
	 * @param kind the kind
	 * @param nullable whether nil fits
	 * @param components of a record read by position how many it has, else -1
	 */
	public ReturnType(Kind kind, boolean nullable, int components) {
		this(kind, nullable, components, List.of());
	}

	/**
	 * A return type.
	 * @param kind the kind
	 * @param nullable whether nil fits
	 * @return the type
	 */
	public static ReturnType of(Kind kind, boolean nullable) {
		return new ReturnType(kind, nullable, -1);
	}

	/**
	 * A record read by position.
	 * @param components how many components it has
	 * @param nullable whether nil fits
	 * @return the type
	 */
	public static ReturnType record(int components, boolean nullable) {
		return new ReturnType(Kind.RECORD, nullable, components);
	}

	/**
	 * A record read by position whose components are known.
	 * @param components the types of its components, in order
	 * @param nullable whether nil fits
	 * @return the type
	 */
	public static ReturnType record(List<ReturnType> components, boolean nullable) {
		return new ReturnType(Kind.RECORD, nullable, components.size(), components);
	}

	/**
	 * A list, a set or an array.
	 * @param element the type of its elements
	 * @param nullable whether nil fits
	 * @return the type
	 */
	public static ReturnType list(ReturnType element, boolean nullable) {
		return new ReturnType(Kind.LIST, nullable, -1, List.of(element));
	}

	/**
	 * The kinds of return types.
	 */
	public enum Kind {

		/**
		 * Everything fits.
		 */
		ANY("anything"),

		/**
		 * {@code boolean}: 1, 0, nil, OK.
		 */
		BOOLEAN("a boolean"),

		/**
		 * Integral types: an integer or a string that is one.
		 */
		INTEGER("an integer"),

		/**
		 * {@code double}, {@code BigDecimal}: an integer or a string.
		 */
		DECIMAL("a decimal number"),

		/**
		 * {@code String}, {@code byte[]}, enums: a string or a status.
		 */
		TEXT("a string"),

		/**
		 * Lists, sets, arrays.
		 */
		LIST("a list"),

		/**
		 * Maps, and records read by field name: a flat list of fields and values.
		 */
		MAP("a map"),

		/**
		 * Records read by position: a list, or a string with JSON.
		 */
		RECORD("a record"),

		/**
		 * Read as JSON: a string.
		 */
		JSON("JSON text");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		/**
		 * The kind in words, with its article.
		 * @return the words
		 */
		public String label() {
			return this.label;
		}

	}

}
