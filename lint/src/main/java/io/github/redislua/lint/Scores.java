package io.github.redislua.lint;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;

/**
 * Numbers that are scores of a sorted set or another decimal of Redis, after
 * {@code tonumber}: returned as they are, they lose their fraction.
 */
final class Scores {

	private final ScriptModel model;

	/** Variables that are written as a score. */
	private final Set<Integer> written = new HashSet<>();

	private boolean collected;

	Scores(ScriptModel model) {
		this.model = model;
	}

	boolean isScore(Expr expr) {
		if (expr instanceof Expr.Name name && name.local() != null) {
			collect();
			Expr single = this.model.facts(name.local()).single();
			return single != null && isNumber(single) && (this.written.contains(name.local().id()) || isScore(single));
		}
		if (expr instanceof Expr.Call call && isNumber(call)) {
			return isDecimal(call.arguments().get(0));
		}
		return false;
	}

	private boolean isNumber(Expr expr) {
		return expr instanceof Expr.Call call && call.arguments().size() == 1
				&& "tonumber".equals(this.model.calleeName(call));
	}

	private boolean isDecimal(Expr expr) {
		Expr value = this.model.resolve(expr);
		if (value instanceof Expr.Call call) {
			String command = command(call);
			return command != null && switch (command) {
				case "ZSCORE", "ZINCRBY", "INCRBYFLOAT", "HINCRBYFLOAT", "GEODIST" -> true;
				default -> false;
			};
		}
		// Every second element of a reply with scores.
		if (value instanceof Expr.Index index && index.key() instanceof Expr.Binary
				&& this.model.resolve(index.object()) instanceof Expr.Call call) {
			for (Expr argument : call.arguments()) {
				if (argument instanceof Expr.Str word && word.value().equalsIgnoreCase("WITHSCORES")) {
					return command(call) != null;
				}
			}
		}
		return false;
	}

	private @Nullable String command(Expr.Call call) {
		String name = this.model.calleeName(call);
		if (name == null || !name.endsWith("call") || name.indexOf('.') < 0 || call.arguments().isEmpty()) {
			return null;
		}
		String command = this.model.literal(call.arguments().get(0));
		return (command != null) ? command.toUpperCase(Locale.ROOT) : null;
	}

	private void collect() {
		if (this.collected) {
			return;
		}
		this.collected = true;
		for (CallUse use : this.model.commands) {
			if (use.size() == 4 && "ZADD".equalsIgnoreCase(use.literal(0)) && use.word(2) instanceof Expr.Name name
					&& name.local() != null) {
				this.written.add(name.local().id());
			}
		}
	}

}
