package io.github.redislua.lint.model;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

import io.github.redislua.lint.syntax.BinaryOperator;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;

/**
 * Integers of 64 bits in ARGV that became numbers of Lua, which are exact to 2^53. Times
 * are left alone, which have 13 digits in milliseconds, and so are quantities: what is
 * calculated with has to be a number.
 */
public final class LongArguments {

	private static final int DEPTH = 20;

	/**
	 * Expressions looked at for one question: variables made of others could multiply.
	 */
	private static final int BUDGET = 300;

	private final ScriptModel model;

	private final Set<Integer> positions;

	private final BitSet open = new BitSet();

	private int budget;

	/**
	 * The arguments of one method in a script.
	 * @param model the script
	 * @param positions which ARGV, from 1, are integers of 64 bits
	 */
	public LongArguments(ScriptModel model, Set<Integer> positions) {
		this.model = model;
		this.positions = positions;
	}

	/**
	 * The argument that a value is as a number.
	 * @param expr the value
	 * @return its position in ARGV, 0 if the value is none of them, or still text
	 */
	public int number(Expr expr) {
		this.budget = BUDGET;
		this.open.clear();
		return find(expr, false, 0);
	}

	// Whether the value is one as a number, or as the text that it came as.
	private int find(Expr expr, boolean text, int depth) {
		if (depth > DEPTH || --this.budget < 0) {
			return 0;
		}
		if (expr instanceof Expr.Paren paren) {
			return find(paren.inner(), text, depth + 1);
		}
		if (expr instanceof Expr.Name name && name.local() != null) {
			return local(name.local(), text, depth + 1);
		}
		if (expr instanceof Expr.Binary binary) {
			return binary(binary, text, depth + 1);
		}
		if (expr instanceof Expr.Index index) {
			return text ? argument(index) : 0;
		}
		return (expr instanceof Expr.Call call && !text) ? call(call, depth + 1) : 0;
	}

	private int argument(Expr.Index index) {
		boolean read = index.object() instanceof Expr.Name name && name.local() == null && name.name().equals("ARGV")
				&& !this.model.arguments.written;
		return (read && index.key() instanceof Expr.Num number && number.value() == (int) number.value()
				&& this.positions.contains((int) number.value())) ? (int) number.value() : 0;
	}

	private int call(Expr.Call call, int depth) {
		List<Expr> arguments = call.arguments();
		String name = this.model.calleeName(call);
		if (name == null || arguments.size() != 1) {
			return 0;
		}
		return switch (name) {
			case "tonumber" -> either(arguments.get(0), depth);
			case "math.floor", "math.abs" -> either(arguments.get(0), depth);
			default -> 0;
		};
	}

	// Text becomes a number here, and a number stays one.
	private int either(Expr expr, int depth) {
		int text = find(expr, true, depth);
		return (text != 0) ? text : find(expr, false, depth);
	}

	private int binary(Expr.Binary binary, boolean text, int depth) {
		if (binary.operator() == BinaryOperator.OR) {
			int left = find(binary.left(), text, depth);
			return (left != 0) ? left : find(binary.right(), text, depth);
		}
		if (binary.operator() == BinaryOperator.AND) {
			return find(binary.right(), text, depth);
		}
		// ARGV[1] + 0
		if (!text && binary.operator() == BinaryOperator.ADD && binary.right() instanceof Expr.Num zero
				&& zero.value() == 0) {
			return either(binary.left(), depth);
		}
		return 0;
	}

	private int local(LocalVariable local, boolean text, int depth) {
		LocalFacts facts = this.model.facts(local);
		if (this.open.get(local.id()) || !text && (facts.quantity || Scores.isTime(local.name()))) {
			return 0;
		}
		this.open.set(local.id());
		int found = 0;
		for (Expr value : facts.values) {
			found = (found != 0) ? found : find(value, text, depth);
		}
		this.open.clear(local.id());
		return found;
	}

}
