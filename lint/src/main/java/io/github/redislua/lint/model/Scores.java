package io.github.redislua.lint.model;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.BinaryOperator;
import io.github.redislua.lint.syntax.Expr;

/**
 * Numbers that are scores of a sorted set or another decimal of Redis, after
 * {@code tonumber}: returned as they are, they lose their fraction.
 */
public final class Scores {

	private static final int DEPTH = 30;

	/**
	 * Expressions looked at for one question: variables made of others could multiply.
	 */
	private static final int BUDGET = 500;

	/** Names of variables that are more likely a time, which has no fraction. */
	private static final String[] TIMES = { "time", "now", "stamp", "clock", "date", "expir", "deadline" };

	private final ScriptModel model;

	/** Variables that are written as a score. */
	private final Set<Integer> written = new HashSet<>();

	private boolean collected;

	private int budget;

	/**
	 * The scores in a script.
	 * @param model the script
	 */
	public Scores(ScriptModel model) {
		this.model = model;
	}

	/**
	 * Whether a value is a score after {@code tonumber}.
	 * @param expr the expression
	 * @return whether it is
	 */
	public boolean isScore(Expr expr) {
		this.budget = BUDGET;
		return isScore(expr, 0);
	}

	/**
	 * Whether a value is a variable that is written as a score after {@code tonumber}:
	 * {@code local score = tonumber(ARGV[2])}, and {@code ZADD} with it.
	 * @param expr the expression
	 * @return whether it is
	 */
	public boolean isWritten(Expr expr) {
		if (!(expr instanceof Expr.Name name) || name.local() == null) {
			return false;
		}
		collect();
		return this.written.contains(name.local().id())
				&& this.model.facts(name.local()).single() instanceof Expr.Call call && call.arguments().size() == 1
				&& "tonumber".equals(this.model.calleeName(call));
	}

	private void collect() {
		if (this.collected) {
			return;
		}
		this.collected = true;
		for (CallUse use : this.model.commands) {
			if (use.size() == 4 && "ZADD".equalsIgnoreCase(use.literal(0)) && use.word(2) instanceof Expr.Name name
					&& name.local() != null && !isTime(name.name())) {
				this.written.add(name.local().id());
			}
		}
	}

	/**
	 * Whether the name of a variable says that it is a time.
	 * @param name the name
	 * @return whether it does
	 */
	public static boolean isTime(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		for (String time : TIMES) {
			if (lower.contains(time)) {
				return true;
			}
		}
		return lower.equals("ts") || lower.equals("t") || lower.equals("at") || lower.endsWith("_at");
	}

	private boolean isScore(Expr expr, int depth) {
		Expr value = this.model.resolve(expr);
		if (depth > DEPTH || --this.budget < 0) {
			return false;
		}
		if (value instanceof Expr.Binary choice && isChoice(choice)) {
			return isScore(choice.right(), depth + 1)
					|| choice.operator() == BinaryOperator.OR && isScore(choice.left(), depth + 1);
		}
		return value instanceof Expr.Call call && call.arguments().size() == 1
				&& "tonumber".equals(this.model.calleeName(call)) && isDecimal(call.arguments().get(0), depth + 1);
	}

	private static boolean isChoice(Expr.Binary binary) {
		return binary.operator() == BinaryOperator.OR || binary.operator() == BinaryOperator.AND;
	}

	private boolean isDecimal(Expr expr, int depth) {
		Expr value = this.model.resolve(expr);
		if (depth > DEPTH || --this.budget < 0) {
			return false;
		}
		if (value instanceof Expr.Binary choice && isChoice(choice)) {
			return isDecimal(choice.right(), depth + 1)
					|| choice.operator() == BinaryOperator.OR && isDecimal(choice.left(), depth + 1);
		}
		if (value instanceof Expr.Call call) {
			String command = command(call);
			return command != null && switch (command) {
				case "ZSCORE", "ZINCRBY", "INCRBYFLOAT", "HINCRBYFLOAT", "GEODIST" -> true;
				default -> false;
			};
		}
		// Every second element of a reply with scores.
		if (value instanceof Expr.Index index && isSecond(index.key())
				&& this.model.resolve(index.object()) instanceof Expr.Call call) {
			for (Expr argument : call.arguments()) {
				if (argument instanceof Expr.Str word && word.value().equalsIgnoreCase("WITHSCORES")) {
					return command(call) != null;
				}
			}
		}
		return false;
	}

	private static boolean isSecond(Expr key) {
		return key instanceof Expr.Binary || key instanceof Expr.Num number && number.value() % 2 == 0;
	}

	private @Nullable String command(Expr.Call call) {
		String name = this.model.calleeName(call);
		if (name == null || !name.endsWith("call") || name.indexOf('.') < 0 || call.arguments().isEmpty()) {
			return null;
		}
		String command = this.model.literal(call.arguments().get(0));
		return (command != null) ? command.toUpperCase(Locale.ROOT) : null;
	}

}
