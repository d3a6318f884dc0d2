package io.github.redislua.lint.model;

import io.github.redislua.lint.syntax.Expr;

/**
 * Tables with a named field that makes them another kind of reply than a list.
 */
public final class ReplyTables {

	private ReplyTables() {
	}

	static boolean isReplyField(String name) {
		return switch (name) {
			case "ok", "err", "double", "map", "set", "big_number", "verbatim_string" -> true;
			default -> false;
		};
	}

	/**
	 * Whether a field of a table gives the reply a meaning.
	 * @param table the table
	 * @return whether there is such a field
	 */
	public static boolean isReplyTable(Expr.Table table) {
		return has(table, "");
	}

	/**
	 * Whether a table has a named field.
	 * @param table the table
	 * @param name the name, empty for any that gives the reply a meaning
	 * @return whether there is such a field
	 */
	public static boolean has(Expr.Table table, String name) {
		for (Expr.Field field : table.fields()) {
			if (field.key() instanceof Expr.Str key
					&& (name.isEmpty() ? isReplyField(key.value()) : key.value().equals(name))) {
				return true;
			}
		}
		return false;
	}

}
