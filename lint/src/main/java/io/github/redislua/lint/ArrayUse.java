package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * How a script uses KEYS or ARGV.
 */
final class ArrayUse {

	final String name;

	final List<ArrayRead> reads = new ArrayList<>();

	/** Whether it is used in another way than with a number that is written down. */
	boolean variadic;

	/** Whether the script puts values into it. */
	boolean written;

	ArrayUse(String name) {
		this.name = name;
	}

	// Whether somewhere it is asked whether the nth is there.
	boolean isOptional(double index, ScriptModel model) {
		for (ArrayRead read : this.reads) {
			if (read.index == index && (read.tested || read.target != null && model.isTested(read.target))) {
				return true;
			}
		}
		return false;
	}

	boolean reads(int index) {
		for (ArrayRead read : this.reads) {
			if (read.index == index) {
				return true;
			}
		}
		return false;
	}

	ScriptFacts.Reads facts(ScriptModel model) {
		int highest = 0;
		int required = 0;
		for (ArrayRead read : this.reads) {
			if (read.index >= 1 && read.index <= Integer.MAX_VALUE) {
				highest = Math.max(highest, (int) read.index);
				if (read.index > required && !isOptional(read.index, model)) {
					required = (int) read.index;
				}
			}
		}
		return new ScriptFacts.Reads(highest, required, this.variadic);
	}

}
