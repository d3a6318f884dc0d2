package io.github.redislua.lint;

import io.github.redislua.lint.syntax.Expr;

/**
 * Tables with a named field that makes them another kind of reply than a list.
 */
final class ReplyTables {

	private ReplyTables() {
	}

	static boolean isReplyField(String name) {
		return switch (name) {
			case "ok", "err", "double", "map", "set", "big_number", "verbatim_string" -> true;
			default -> false;
		};
	}

	static boolean isReplyTable(Expr.Table table) {
		return has(table, "");
	}

	// Whether a table has a named field, any that gives a reply a meaning for an empty
	// name.
	static boolean has(Expr.Table table, String name) {
		for (Expr.Field field : table.fields()) {
			if (field.key() instanceof Expr.Str key
					&& (name.isEmpty() ? isReplyField(key.value()) : key.value().equals(name))) {
				return true;
			}
		}
		return false;
	}

}
