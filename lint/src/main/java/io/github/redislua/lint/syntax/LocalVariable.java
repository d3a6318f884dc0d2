package io.github.redislua.lint.syntax;

/**
 * A local variable, parameter or loop variable. Every use of it in the tree refers to the
 * same object.
 */
public final class LocalVariable {

	private final String name;

	private final int id;

	private final int start;

	LocalVariable(String name, int id, int start) {
		this.name = name;
		this.id = id;
		this.start = start;
	}

	/**
	 * The name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The variable's number in its chunk, from 0 in order of declaration.
	 * @return the number
	 */
	public int id() {
		return this.id;
	}

	/**
	 * The offset of the name where it is declared.
	 * @return the offset in bytes
	 */
	public int start() {
		return this.start;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
