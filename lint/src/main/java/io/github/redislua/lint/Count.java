package io.github.redislua.lint;

/**
 * How many keys or arguments a method supplies.
 *
 * @param min the least
 * @param max the most, or -1 where there is no end (a collection, an array, a map)
 */
public record Count(int min, int max) {

	/**
	 * A fixed number.
	 * @param n the number
	 * @return the count
	 */
	public static Count exactly(int n) {
		return new Count(n, n);
	}

	/**
	 * A number of which the last may be left out.
	 * @param min the least
	 * @param max the most
	 * @return the count
	 */
	public static Count between(int min, int max) {
		return new Count(min, max);
	}

	/**
	 * A spread parameter: at least so many.
	 * @param min the least
	 * @return the count
	 */
	public static Count atLeast(int min) {
		return new Count(min, -1);
	}

	/**
	 * Whether there is no end.
	 * @return whether there is no end
	 */
	public boolean isVariadic() {
		return this.max < 0;
	}

}
