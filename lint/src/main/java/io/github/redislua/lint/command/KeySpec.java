package io.github.redislua.lint.command;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Where a command's keys are among its arguments, as {@code COMMAND} describes it: where
 * to begin (at an index, or after a keyword) and how to go on (a range, or a number that
 * says how many follow).
 */
final class KeySpec {

	static final int[] NONE = {};

	private final @Nullable String keyword;

	/** An index, or where to start looking for the keyword. */
	private final int begin;

	private final boolean numbered;

	/** The last key, relative to the first; or the index of the number. */
	private final int last;

	private final int step;

	/** The divisor of what remains; or the index of the first key after the number. */
	private final int limit;

	private KeySpec(@Nullable String keyword, int begin, boolean numbered, int last, int step, int limit) {
		this.keyword = keyword;
		this.begin = begin;
		this.numbered = numbered;
		this.last = last;
		this.step = step;
		this.limit = limit;
	}

	static KeySpec range(@Nullable String keyword, int begin, int last, int step, int limit) {
		return new KeySpec(keyword, begin, false, last, Math.max(1, step), limit);
	}

	static KeySpec numbered(@Nullable String keyword, int begin, int number, int first, int step) {
		return new KeySpec(keyword, begin, true, number, Math.max(1, step), first);
	}

	/**
	 * Reads the form of the command table: {@code [KEYWORD@]begin[:last:step:limit]} or
	 * {@code [KEYWORD@]begin#number:first:step}.
	 * @param text the text
	 * @return the specification
	 */
	static KeySpec parse(String text) {
		int at = text.indexOf('@');
		String keyword = (at >= 0) ? text.substring(0, at) : null;
		String rest = text.substring(at + 1);
		int hash = rest.indexOf('#');
		int colon = rest.indexOf(':');
		if (hash >= 0) {
			int[] n = numbers(rest.substring(hash + 1));
			return numbered(keyword, Integer.parseInt(rest.substring(0, hash)), n[0], n[1], n[2]);
		}
		if (colon < 0) {
			return range(keyword, Integer.parseInt(rest), 0, 1, 0);
		}
		int[] n = numbers(rest.substring(colon + 1));
		return range(keyword, Integer.parseInt(rest.substring(0, colon)), n[0], n[1], n[2]);
	}

	private static int[] numbers(String text) {
		int[] result = new int[3];
		int from = 0;
		for (int i = 0; i < 3; i++) {
			int to = text.indexOf(':', from);
			to = (to >= 0) ? to : text.length();
			result[i] = Integer.parseInt(text.substring(from, to));
			from = to + 1;
		}
		return result;
	}

	/**
	 * The indexes of the keys, counted from the command's name at 0: those that are
	 * certain.
	 * @param arguments the name and its arguments
	 * @return the indexes in order
	 */
	int[] positions(CommandArguments arguments) {
		int first = begin(arguments);
		if (first < 1 || first >= arguments.size()) {
			return NONE;
		}
		return this.numbered ? counted(arguments, first) : ranged(arguments, first);
	}

	private int begin(CommandArguments arguments) {
		if (this.keyword == null) {
			return this.begin;
		}
		if (this.begin < 0) {
			// Searched from the end, where a trailing "unpack" may hide anything.
			for (int i = arguments.size() + this.begin; i > 0 && arguments.isExact(); i--) {
				if (this.keyword.equalsIgnoreCase(arguments.literal(i))) {
					return i + 1;
				}
			}
			return -1;
		}
		for (int i = this.begin; i < arguments.size(); i++) {
			if (this.keyword.equalsIgnoreCase(arguments.literal(i))) {
				return i + 1;
			}
		}
		return -1;
	}

	private int[] counted(CommandArguments arguments, int base) {
		String number = arguments.literal(base + this.last);
		int count = 1;
		if (number != null) {
			try {
				count = Integer.parseInt(number);
			}
			catch (NumberFormatException ex) {
				return NONE;
			}
		}
		int from = base + this.limit;
		int end = (int) Math.min(arguments.size(), from + (long) count * this.step);
		return every(from, end - 1);
	}

	private int[] ranged(CommandArguments arguments, int first) {
		int end;
		if (this.last >= 0) {
			end = Math.min(first + this.last, arguments.size() - 1);
		}
		else if (arguments.isExact()) {
			end = arguments.size() + this.last;
			if (this.last == -1 && this.limit > 1) {
				end = first + (arguments.size() - first) / this.limit - 1;
			}
		}
		else {
			// More follows: with a divisor nothing is certain but the first.
			end = (this.limit > 1) ? first : arguments.size() - 1;
		}
		return every(first, end);
	}

	private int[] every(int first, int last) {
		if (last < first) {
			return NONE;
		}
		int[] result = new int[(last - first) / this.step + 1];
		for (int i = 0; i < result.length; i++) {
			result[i] = first + i * this.step;
		}
		return result;
	}

	/**
	 * The form that {@link #parse(String)} reads.
	 */
	@Override
	public String toString() {
		String start = ((this.keyword != null) ? this.keyword + "@" : "") + this.begin;
		if (this.numbered) {
			return start + "#" + this.last + ":" + this.limit + ":" + this.step;
		}
		int[] rest = { this.last, this.step, this.limit };
		return (Arrays.equals(rest, new int[] { 0, 1, 0 })) ? start
				: start + ":" + this.last + ":" + this.step + ":" + this.limit;
	}

}
