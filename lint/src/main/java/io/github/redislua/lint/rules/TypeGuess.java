package io.github.redislua.lint.rules;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.syntax.Expr;

/**
 * Expressions that are certainly neither string nor number.
 */
final class TypeGuess {

	private TypeGuess() {
	}

	// The type with its article, or null if the value may be a string or a number.
	static @Nullable String refusedArgument(ScriptModel model, Expr expr) {
		Expr value = model.resolve(expr);
		if (value instanceof Expr.Nil) {
			return "nil";
		}
		if (value instanceof Expr.Bool
				|| value instanceof Expr.Unary unary && unary.operator() == Expr.UnaryOperator.NOT
				|| value instanceof Expr.Binary binary && binary.operator().isComparison()) {
			return "a boolean";
		}
		if (value instanceof Expr.Table) {
			return "a table";
		}
		if (value instanceof Expr.Function) {
			return "a function";
		}
		if (value instanceof Expr.Name name && name.local() == null
				&& (name.name().equals("KEYS") || name.name().equals("ARGV"))) {
			return "a table";
		}
		return null;
	}

	static @Nullable String hint(String type) {
		return switch (type) {
			case "a table" -> "write 'unpack(list)' for its elements, or cjson.encode(table)";
			case "a boolean" -> "write 1 and 0, or tostring(value)";
			case "nil" -> "write an empty string, or leave the argument out";
			default -> null;
		};
	}

}
