package io.github.redislua.lint.rules;

import java.util.List;

import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.ReturnType;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.model.Returns;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.model.Shapes;
import io.github.redislua.lint.report.Messages;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.Stat;

/**
 * {@code return} against the method's return type, where every reply of the script is of
 * a known shape.
 */
final class ReplyRules {

	private final ScriptModel model;

	private final Problems problems;

	private final int shapes;

	ReplyRules(ScriptModel model, Problems problems) {
		this.model = model;
		this.problems = problems;
		this.shapes = new Shapes(model).script();
	}

	void check(MethodContract contract) {
		ReturnType type = contract.returns();
		int replies = this.shapes & ~Shapes.ERROR;
		String described = Shapes.describe(replies);
		if (described != null && replies != 0 && !anyFits(replies, type)) {
			List<Stat.Return> returns = Returns.ofScript(this.model);
			int start = returns.isEmpty() ? 0 : returns.get(0).start();
			int end = returns.isEmpty() ? 0 : returns.get(0).end();
			this.problems.add(Rule.RETURN, Severity.WARN, start, end, "script can only return " + described + ", but "
					+ contract.method() + " returns " + type.kind().label(), null);
		}
		if (type.components() >= 0) {
			components(contract, type.components());
		}
	}

	private static boolean anyFits(int replies, ReturnType type) {
		for (int shape = 1; shape < Shapes.ERROR; shape <<= 1) {
			if ((replies & shape) != 0 && fits(shape, type)) {
				return true;
			}
		}
		return false;
	}

	// Whether a reply of one shape can be what a method returns.
	private static boolean fits(int shape, ReturnType type) {
		if (shape == Shapes.NIL && type.nullable()) {
			return true;
		}
		return switch (type.kind()) {
			case ANY -> true;
			case BOOLEAN -> shape != Shapes.LIST;
			case INTEGER, DECIMAL -> shape == Shapes.INTEGER || shape == Shapes.STRING;
			case TEXT -> shape == Shapes.STRING || shape == Shapes.STATUS || shape == Shapes.INTEGER;
			case LIST, MAP -> shape == Shapes.LIST;
			case RECORD -> shape == Shapes.LIST || shape == Shapes.STRING;
			case JSON -> shape == Shapes.STRING;
		};
	}

	private void components(MethodContract contract, int components) {
		for (Stat.Return statement : Returns.ofScript(this.model)) {
			if (!statement.values().isEmpty() && statement.values().get(0) instanceof Expr.Table table) {
				int size = size(table);
				if (size > components) {
					this.problems.add(Rule.RETURN, table,
							"script returns " + Messages.count(size, "element") + ", but the record that "
									+ contract.method() + " returns has " + Messages.count(components, "component"),
							null);
				}
			}
		}
	}

	// The number of elements, or -1 if it cannot be told.
	private static int size(Expr.Table table) {
		int size = 0;
		for (Expr.Field field : table.fields()) {
			if (field.key() != null || field.value() instanceof Expr.Nil) {
				return -1;
			}
			size++;
		}
		Expr last = (size > 0) ? table.fields().get(size - 1).value() : null;
		return (last instanceof Expr.Call || last instanceof Expr.Vararg) ? -1 : size;
	}

}
