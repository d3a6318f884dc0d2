package io.github.redislua.lint.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.ReturnType;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.model.LocalFacts;
import io.github.redislua.lint.model.LongArguments;
import io.github.redislua.lint.model.Returns;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.Stat;

/**
 * {@code precision}: a Java {@code long} that becomes a number, and then text, JSON or
 * the reply.
 */
final class PrecisionRules {

	private static final int DEPTH = 10;

	private static final String DIGITS = "a number that becomes text keeps 14 digits";

	private static final String EXACT = "a number is exact to 2^53 only";

	private final ScriptModel model;

	private final Problems problems;

	private final MethodContract contract;

	private final LongArguments arguments;

	private final Set<Integer> seen = new HashSet<>();

	PrecisionRules(ScriptModel model, Problems problems, MethodContract contract) {
		this.model = model;
		this.problems = problems;
		this.contract = contract;
		this.arguments = new LongArguments(model, contract.longArguments());
	}

	void check() {
		for (Expr.Binary text : this.model.concatenations()) {
			number(text.left(), DIGITS, "'..'");
			number(text.right(), DIGITS, "'..'");
		}
		for (Expr.Call call : this.model.calls()) {
			call(call);
		}
		for (Stat.Return statement : Returns.ofScript(this.model)) {
			if (!statement.values().isEmpty()) {
				returned(statement.values().get(0), this.contract.returns(), 0);
			}
		}
	}

	private void call(Expr.Call call) {
		String name = this.model.calleeName(call);
		if (name == null || call.arguments().isEmpty()) {
			return;
		}
		switch (name) {
			case "tostring" -> number(call.arguments().get(0), DIGITS, name);
			case "string.format" -> {
				for (Expr argument : call.arguments()) {
					number(argument, EXACT, name);
				}
			}
			case "cjson.encode" -> json(call.arguments().get(0), 0);
			default -> {
				// Takes numbers as they are.
			}
		}
	}

	private void json(Expr value, int depth) {
		if (depth > DEPTH) {
			return;
		}
		if (value instanceof Expr.Table table) {
			for (Expr.Field field : table.fields()) {
				json(field.value(), depth + 1);
			}
			return;
		}
		number(value, DIGITS, "cjson.encode");
		if (value instanceof Expr.Name name && name.local() != null) {
			LocalFacts facts = this.model.facts(name.local());
			all(facts.fields(), depth);
			all(facts.elements(), depth);
			for (Expr each : facts.values()) {
				if (each instanceof Expr.Table) {
					json(each, depth + 1);
				}
			}
		}
	}

	private void all(List<Expr> values, int depth) {
		for (Expr value : values) {
			json(value, depth + 1);
		}
	}

	private void returned(Expr value, ReturnType type, int depth) {
		if (type.kind() == ReturnType.Kind.INTEGER || type.kind() == ReturnType.Kind.TEXT) {
			number(value, EXACT, "the reply");
			return;
		}
		Expr list = this.model.resolve(value);
		if (depth > DEPTH || type.parts().isEmpty() || !(list instanceof Expr.Table table)) {
			return;
		}
		int position = 0;
		for (Expr.Field field : table.fields()) {
			if (field.key() == null) {
				int part = (type.components() >= 0) ? position : 0;
				if (part < type.parts().size()) {
					returned(field.value(), type.parts().get(part), depth + 1);
				}
				position++;
			}
		}
	}

	private void number(Expr value, String loss, String where) {
		int argument = this.arguments.number(value);
		if (argument != 0 && this.seen.add(value.start())) {
			this.problems.add(Rule.PRECISION, value,
					"ARGV[" + argument + "] is a 64-bit integer of " + this.contract.method() + ", but in " + where
							+ " " + loss,
					"use ARGV[" + argument + "] itself here, without tonumber: it is text and keeps all digits");
		}
	}

}
