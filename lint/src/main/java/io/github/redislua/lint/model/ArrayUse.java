package io.github.redislua.lint.model;

import java.util.ArrayList;
import java.util.List;

/**
 * How a script uses KEYS or ARGV.
 */
public final class ArrayUse {

	final String name;

	final List<ArrayRead> reads = new ArrayList<>();

	/** Whether it is used in another way than with a number that is written down. */
	boolean variadic;

	/** Whether the script puts values into it. */
	boolean written;

	ArrayUse(String name) {
		this.name = name;
	}

	/**
	 * Whether somewhere it is asked whether an element is there.
	 * @param index its number
	 * @param model the script
	 * @return whether it is
	 */
	public boolean isOptional(double index, ScriptModel model) {
		for (ArrayRead read : this.reads) {
			if (read.index == index && (read.tested || read.target != null && model.isTested(read.target))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the script reads an element.
	 * @param index its number, from 1
	 * @return whether it does
	 */
	public boolean reads(int index) {
		for (ArrayRead read : this.reads) {
			if (read.index == index) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The name, {@code KEYS} or {@code ARGV}.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The reads with a number that is written down, in order.
	 * @return the reads
	 */
	public List<ArrayRead> reads() {
		return this.reads;
	}

	/**
	 * Whether it is used in another way than with a number that is written down.
	 * @return whether it is
	 */
	public boolean isVariadic() {
		return this.variadic;
	}

	/**
	 * Whether the script puts values into it.
	 * @return whether it does
	 */
	public boolean isWritten() {
		return this.written;
	}

}
