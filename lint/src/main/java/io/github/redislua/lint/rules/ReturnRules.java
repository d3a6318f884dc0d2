package io.github.redislua.lint.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.model.LocalFacts;
import io.github.redislua.lint.model.ReplyTables;
import io.github.redislua.lint.model.Returns;
import io.github.redislua.lint.model.Scores;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.report.Messages;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.syntax.BinaryOperator;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;
import io.github.redislua.lint.syntax.Stat;

/**
 * {@code return}: values that change on their way out of the script.
 */
final class ReturnRules {

	private static final int DEPTH = 20;

	/** Expressions looked at for one number: variables made of others could multiply. */
	private static final int BUDGET = 500;

	private final ScriptModel model;

	private final Problems problems;

	private final Scores scores;

	/** Values looked at already: a list may be returned in several places. */
	private final Set<Integer> seen = new HashSet<>();

	private int budget;

	ReturnRules(ScriptModel model, Problems problems) {
		this.model = model;
		this.problems = problems;
		this.scores = new Scores(model);
	}

	void check() {
		for (Stat.Return statement : Returns.ofScript(this.model)) {
			List<Expr> values = statement.values();
			if (values.isEmpty()) {
				continue;
			}
			if (values.size() > 1) {
				Expr second = values.get(1);
				warn(second.start(), values.get(values.size() - 1).end(),
						"only the first returned value is the reply: the others are dropped",
						"return a list: 'return { a, b }'");
			}
			value(values.get(0), 0);
		}
	}

	// The values that a chain of "and" and "or" can have, besides nil and false; of any
	// other expression itself.
	private static List<Expr> choices(Expr expr) {
		if (!isChoice(expr)) {
			return List.of(expr);
		}
		List<Expr> result = new ArrayList<>();
		Expr rest = expr;
		while (rest instanceof Expr.Binary choice && isChoice(choice)) {
			result.add(choice.right());
			rest = (choice.operator() == BinaryOperator.OR) ? choice.left() : null;
		}
		if (rest != null) {
			result.add(rest);
		}
		return result;
	}

	private static boolean isChoice(Expr expr) {
		return expr instanceof Expr.Binary binary
				&& (binary.operator() == BinaryOperator.OR || binary.operator() == BinaryOperator.AND);
	}

	private void value(Expr value, int depth) {
		if (isChoice(value) && depth <= DEPTH) {
			for (Expr choice : choices(value)) {
				value(choice, depth + 1);
			}
			return;
		}
		if (depth > DEPTH || !this.seen.add(value.start() * 2 + ((value instanceof Expr.Table) ? 1 : 0))) {
			return;
		}
		if (value instanceof Expr.Paren paren) {
			value(paren.inner(), depth + 1);
		}
		else if (value instanceof Expr.Table table) {
			table(table, depth);
		}
		else if (value instanceof Expr.Name name && name.local() != null) {
			local(value, name.local(), depth);
		}
		else {
			number(value, value);
		}
	}

	private void local(Expr use, LocalVariable local, int depth) {
		LocalFacts facts = this.model.facts(local);
		Expr single = facts.single();
		if (single == null) {
			return;
		}
		if (single instanceof Expr.Table table) {
			// Passed on, it may get anything from there.
			boolean own = facts.uses() == facts.namedUses();
			if (own && facts.namedWrites() > 0 && !facts.hasReplyField() && !hasList(table)
					&& !ReplyTables.isReplyTable(table)) {
				warn(use.start(), use.end(), "a table with named fields only becomes an empty list",
						"return a list of names and values, or cjson.encode(table)");
				return;
			}
			if (own || hasList(table) || ReplyTables.isReplyTable(table)) {
				table(table, depth);
			}
			for (Expr element : facts.elements()) {
				element(element, depth + 1);
			}
			return;
		}
		number(use, single);
	}

	private static boolean hasList(Expr.Table table) {
		for (Expr.Field field : table.fields()) {
			if (!(field.key() instanceof Expr.Str)) {
				return true;
			}
		}
		return false;
	}

	private void table(Expr.Table table, int depth) {
		if (ReplyTables.isReplyTable(table)) {
			return;
		}
		int named = 0;
		int listed = 0;
		int numbered = 0;
		for (Expr.Field field : table.fields()) {
			if (field.key() instanceof Expr.Str) {
				named++;
			}
			else if (field.key() == null) {
				listed++;
			}
			else if (field.key() instanceof Expr.Num) {
				numbered++;
			}
		}
		if (named > 0 && named == table.fields().size()) {
			warn(table.start(), table.end(), "a table with named fields only becomes an empty list",
					"return a list of names and values, or cjson.encode(table)");
		}
		else if (named > 0 && listed + numbered > 0) {
			warn(table.start(), table.end(), "named fields of a list are dropped from the reply",
					"return the values as list elements, or cjson.encode(table)");
		}
		int position = 0;
		for (Expr.Field field : table.fields()) {
			if (field.key() == null) {
				position++;
				if (isNil(field.value())) {
					nil(field.value(), position, listed);
					return;
				}
				element(field.value(), depth + 1);
			}
			else if (field.key() instanceof Expr.Num) {
				element(field.value(), depth + 1);
			}
		}
	}

	private void nil(Expr value, int position, int size) {
		String what = (position == 1) ? "nil in a list ends it: the reply is an empty list"
				: (position == size)
						? "nil at the end of a list is lost: the reply has " + Messages.count(position - 1, "element")
						: "nil in a list ends it: the reply stops after " + Messages.count(position - 1, "element");
		warn(value.start(), value.end(), what, "write 'false' for a nil element of the reply");
	}

	private boolean isNil(Expr value) {
		return this.model.resolve(value) instanceof Expr.Nil || value instanceof Expr.Binary or
				&& or.operator() == BinaryOperator.OR && or.right() instanceof Expr.Nil;
	}

	private void element(Expr value, int depth) {
		if (isChoice(value) && depth <= DEPTH) {
			for (Expr choice : choices(value)) {
				element(choice, depth + 1);
			}
			return;
		}
		if (value instanceof Expr.Table || value instanceof Expr.Paren) {
			value(value, depth);
			return;
		}
		if (value instanceof Expr.Name name && name.local() != null) {
			Expr single = this.model.facts(name.local()).single();
			if (single instanceof Expr.Table) {
				value(value, depth);
			}
			else {
				number(value, (single != null) ? single : value);
			}
			return;
		}
		number(value, value);
	}

	private void number(Expr use, Expr value) {
		this.budget = BUDGET;
		number(use, value, 0);
	}

	// Says whether there is a finding: one is enough where a variable has several values.
	private boolean number(Expr use, Expr value, int depth) {
		if (depth > DEPTH || --this.budget < 0) {
			return false;
		}
		Expr source = this.model.resolve(value);
		if (isChoice(source)) {
			for (Expr choice : choices(source)) {
				if (number(use, choice, depth + 1)) {
					return true;
				}
			}
			return false;
		}
		double constant = constant(source, 0);
		if (!Double.isNaN(constant)) {
			if (constant == Math.rint(constant)) {
				return false;
			}
			warn(use.start(), use.end(), "the fraction is cut: the reply is an integer", "write tostring(value)");
			return true;
		}
		if (source instanceof Expr.Unary minus && minus.operator() == Expr.UnaryOperator.MINUS) {
			return number(use, minus.operand(), depth + 1);
		}
		if (source instanceof Expr.Binary binary && binary.operator() == BinaryOperator.DIV) {
			warn(use.start(), use.end(), "a division's fraction is cut: the reply is an integer",
					"write tostring(value), or math.floor(value) if that is meant");
			return true;
		}
		if (this.scores.isWritten(use) || this.scores.isScore(source)) {
			warn(use.start(), use.end(),
					"a score that went through tonumber loses its fraction: the reply is an integer",
					"return the string that the command replied, or tostring(value)");
			return true;
		}
		return false;
	}

	// The value of numbers, and of what is calculated from them only, or NaN.
	private double constant(Expr expr, int depth) {
		Expr value = this.model.resolve(expr);
		if (value instanceof Expr.Num number) {
			return number.value();
		}
		if (depth > DEPTH || --this.budget < 0) {
			return Double.NaN;
		}
		if (value instanceof Expr.Unary minus && minus.operator() == Expr.UnaryOperator.MINUS) {
			return -constant(minus.operand(), depth + 1);
		}
		if (!(value instanceof Expr.Binary binary)) {
			return Double.NaN;
		}
		double result = switch (binary.operator()) {
			case ADD -> constant(binary.left(), depth + 1) + constant(binary.right(), depth + 1);
			case SUB -> constant(binary.left(), depth + 1) - constant(binary.right(), depth + 1);
			case MUL -> constant(binary.left(), depth + 1) * constant(binary.right(), depth + 1);
			case DIV -> constant(binary.left(), depth + 1) / constant(binary.right(), depth + 1);
			default -> Double.NaN;
		};
		return Double.isInfinite(result) ? Double.NaN : result;
	}

	private void warn(int start, int end, String message, String hint) {
		this.problems.add(Rule.RETURN, Severity.WARN, start, end, message, hint);
	}

}
