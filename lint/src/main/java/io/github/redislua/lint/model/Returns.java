package io.github.redislua.lint.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.Stat;

/**
 * The return statements whose value is the script's: its own, and those of the local
 * functions whose result it returns.
 */
public final class Returns {

	private static final int DEPTH = 20;

	private Returns() {
	}

	/**
	 * The statements in the order in which they are found.
	 * @param model the script
	 * @return the statements
	 */
	public static List<Stat.Return> ofScript(ScriptModel model) {
		List<Stat.Return> result = new ArrayList<>();
		collect(model, null, result, new HashSet<>(), 0);
		return result;
	}

	private static void collect(ScriptModel model, Expr.@Nullable Function function, List<Stat.Return> result,
			Set<Integer> starts, int depth) {
		for (Stat.Return statement : model.returns(function)) {
			if (!starts.add(statement.start())) {
				return;
			}
			result.add(statement);
			Expr.Function called = (statement.values().size() == 1) ? called(model, statement.values().get(0)) : null;
			if (called != null && depth < DEPTH) {
				collect(model, called, result, starts, depth + 1);
			}
		}
	}

	/**
	 * The local function that is called, if it is certain which one.
	 * @param model the script
	 * @param value the expression
	 * @return the function, or null
	 */
	public static Expr.@Nullable Function called(ScriptModel model, Expr value) {
		if (value instanceof Expr.Call call && call.method() == null && call.function() instanceof Expr.Name name
				&& name.local() != null) {
			LocalFacts facts = model.facts(name.local());
			return (facts.assignments == 1) ? facts.function : null;
		}
		return null;
	}

}
