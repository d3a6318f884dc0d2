package io.github.redislua.lint.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;
import io.github.redislua.lint.syntax.Stat;

/**
 * What kinds of values expressions can have: everything that a value may be is among the
 * kinds, joined over all assignments of a variable and all returns of a function. What is
 * not followed is unknown, which is a kind like the others.
 */
public final class Kinds {

	private static final List<Kind> UNKNOWN = List.of(Kind.UNKNOWN);

	private static final int DEPTH = 25;

	/** More alternatives than this are not kept apart. */
	private static final int ALTERNATIVES = 12;

	/**
	 * Expressions looked at for one question: variables made of others could multiply.
	 */
	private static final int BUDGET = 1000;

	private final ScriptModel model;

	private final BitSet open = new BitSet();

	private final boolean resp3;

	/** Whether operators may mean something else, by a metatable. */
	private final boolean metatables;

	private int budget;

	/**
	 * The kinds of a script's values.
	 * @param model the script
	 */
	public Kinds(ScriptModel model) {
		this.model = model;
		this.resp3 = model.resp3;
		this.metatables = model.globals.contains("setmetatable");
	}

	/**
	 * What a value can be.
	 * @param expr the expression; of one with several values the first
	 * @return the kinds, at least one
	 */
	public List<Kind> of(Expr expr) {
		this.budget = BUDGET;
		this.open.clear();
		List<Kind> result = of(expr, 0);
		return result.isEmpty() ? UNKNOWN : result;
	}

	private List<Kind> of(Expr expr, int depth) {
		if (depth > DEPTH || --this.budget < 0) {
			return UNKNOWN;
		}
		if (expr instanceof Expr.Nil) {
			return List.of(Kind.NIL);
		}
		if (expr instanceof Expr.Bool bool) {
			return bool.value() ? truth() : List.of(Kind.FALSE);
		}
		if (expr instanceof Expr.Num number) {
			return List.of(Kind.number(number.value()));
		}
		if (expr instanceof Expr.Str string) {
			return List.of(Kind.text(string.value()));
		}
		if (expr instanceof Expr.Paren paren) {
			return of(paren.inner(), depth + 1);
		}
		if (expr instanceof Expr.Table table) {
			return List.of(table(table, depth));
		}
		if (expr instanceof Expr.Unary unary) {
			return unary(unary);
		}
		if (expr instanceof Expr.Binary binary) {
			return binary(binary, depth + 1);
		}
		if (expr instanceof Expr.Name name && name.local() != null) {
			return local(name.local(), depth + 1);
		}
		if (expr instanceof Expr.Index index) {
			return index(index);
		}
		return (expr instanceof Expr.Call call) ? call(call, depth + 1) : UNKNOWN;
	}

	private List<Kind> truth() {
		return this.resp3 ? UNKNOWN : List.of(Kind.TRUE);
	}

	private Kind table(Expr.Table table, int depth) {
		if (ReplyTables.has(table, "err")) {
			return Kind.ERROR;
		}
		for (Expr.Field field : table.fields()) {
			// [name] = value may be any field.
			if (field.key() != null && !(field.key() instanceof Expr.Str) && !(field.key() instanceof Expr.Num)) {
				return Kind.UNKNOWN;
			}
		}
		if (ReplyTables.isReplyTable(table)) {
			return ReplyTables.has(table, "ok") ? status(table) : Kind.UNKNOWN;
		}
		List<List<Kind>> kinds = new ArrayList<>();
		for (Expr.Field field : table.fields()) {
			if (field.key() instanceof Expr.Num) {
				return Kind.LIST;
			}
			if (field.key() == null) {
				kinds.add(of(field.value(), depth + 1));
			}
		}
		Expr.Field last = table.fields().isEmpty() ? null : table.fields().get(table.fields().size() - 1);
		boolean open = last != null && last.key() == null && isSeveral(last.value());
		if (open) {
			// There may also be none.
			kinds.remove(kinds.size() - 1);
		}
		return new Kind(Kind.Type.LIST, null, new Kind.Elements(kinds, open));
	}

	private boolean isSeveral(Expr last) {
		return last instanceof Expr.Vararg || last instanceof Expr.Call call && !this.model.isSingle(call);
	}

	private Kind status(Expr.Table table) {
		for (Expr.Field field : table.fields()) {
			if (field.key() instanceof Expr.Str key && key.value().equals("ok")) {
				// One that is no text makes no status.
				return (field.value() instanceof Expr.Str text) ? new Kind(Kind.Type.STATUS, text.value(), null)
						: Kind.UNKNOWN;
			}
		}
		return Kind.UNKNOWN;
	}

	private List<Kind> unary(Expr.Unary unary) {
		if (unary.operator() == Expr.UnaryOperator.NOT) {
			return join(truth(), List.of(Kind.FALSE));
		}
		if (unary.operator() == Expr.UnaryOperator.MINUS && unary.operand() instanceof Expr.Num number) {
			return List.of(Kind.number(-number.value()));
		}
		return this.metatables ? UNKNOWN : List.of(Kind.NUMBER);
	}

	private List<Kind> binary(Expr.Binary binary, int depth) {
		return switch (binary.operator()) {
			case AND -> and(binary, depth);
			case OR -> or(binary, depth);
			case CONCAT -> this.metatables ? UNKNOWN : List.of(Kind.TEXT);
			default -> binary.operator().isComparison() ? join(truth(), List.of(Kind.FALSE))
					: this.metatables ? UNKNOWN : List.of(Kind.NUMBER);
		};
	}

	private List<Kind> and(Expr.Binary and, int depth) {
		List<Kind> left = new ArrayList<>();
		for (Kind kind : of(and.left(), depth)) {
			if (kind.isFalsy()) {
				// What is not known is nil or false, if it is the result.
				left.addAll((kind.type() == Kind.Type.UNKNOWN) ? List.of(Kind.NIL, Kind.FALSE) : List.of(kind));
			}
		}
		return join(left, of(and.right(), depth));
	}

	private List<Kind> or(Expr.Binary or, int depth) {
		List<Kind> left = of(or.left(), depth);
		List<Kind> truthy = new ArrayList<>();
		for (Kind kind : left) {
			if (kind.isTruthy()) {
				truthy.add(kind);
			}
		}
		return join(truthy, of(or.right(), depth));
	}

	private static List<Kind> join(List<Kind> left, List<Kind> right) {
		List<Kind> result = new ArrayList<>(left);
		for (Kind kind : right) {
			if (!result.contains(kind)) {
				result.add(kind);
			}
		}
		return (result.size() > ALTERNATIVES) ? UNKNOWN : result;
	}

	private List<Kind> local(LocalVariable local, int depth) {
		LocalFacts facts = this.model.facts(local);
		if (facts.unknown || facts.functionOf != null || facts.replyField) {
			return UNKNOWN;
		}
		if (this.open.get(local.id())) {
			// What it gets from itself it has already.
			return List.of();
		}
		this.open.set(local.id());
		// Declared without a value it is nil, until it is assigned.
		List<Kind> result = (facts.values.size() < facts.assignments) ? List.of(Kind.NIL) : List.of();
		for (Expr value : facts.values) {
			result = join(result, held(of(value, depth), facts));
			if (result.contains(Kind.UNKNOWN)) {
				break;
			}
		}
		this.open.clear(local.id());
		return result;
	}

	// A table in a variable: elsewhere it may get other elements, or fields with a
	// meaning.
	private static List<Kind> held(List<Kind> kinds, LocalFacts facts) {
		List<Kind> result = List.of();
		for (Kind kind : kinds) {
			Kind held = kind;
			if (kind.isTable() && facts.uses > facts.namedUses) {
				boolean own = facts.uses == facts.namedUses + facts.listUses;
				held = (own && kind.type() == Kind.Type.LIST) ? Kind.LIST : Kind.UNKNOWN;
			}
			result = join(result, List.of(held));
		}
		return result;
	}

	private List<Kind> index(Expr.Index index) {
		if (index.object() instanceof Expr.Name name && name.local() == null && name.name().equals("ARGV")
				&& index.key() instanceof Expr.Num && !this.model.arguments.written && !this.model.arguments.variadic) {
			return List.of(Kind.TEXT, Kind.NIL);
		}
		return UNKNOWN;
	}

	private List<Kind> call(Expr.Call call, int depth) {
		Expr.Function function = Returns.called(this.model, call);
		if (function != null) {
			return function(function, depth);
		}
		String name = this.model.calleeName(call);
		if (name == null) {
			return UNKNOWN;
		}
		return switch (name) {
			case "tonumber" -> List.of(Kind.NUMBER, Kind.NIL);
			case "tostring" -> this.metatables ? UNKNOWN : List.of(Kind.TEXT);
			case "cjson.encode", "cmsgpack.pack", "string.format", "string.sub", "string.lower", "string.upper",
					"string.rep", "string.reverse", "table.concat", "redis.sha1hex", "type" ->
				List.of(Kind.TEXT);
			case "math.floor", "math.ceil", "math.max", "math.min", "math.abs", "math.fmod", "math.random",
					"string.len" ->
				List.of(Kind.NUMBER);
			case "redis.status_reply" -> List.of(statusReply(call));
			case "redis.error_reply" -> List.of(Kind.ERROR);
			case "redis.call", "server.call" -> command(call);
			case "redis.pcall", "server.pcall" -> join(command(call), List.of(Kind.ERROR));
			default -> UNKNOWN;
		};
	}

	private List<Kind> function(Expr.Function function, int depth) {
		List<Kind> result = ScriptModel.alwaysReturns(function.body()) ? List.of() : List.of(Kind.NIL);
		for (Stat.Return statement : this.model.returns(function)) {
			List<Expr> values = statement.values();
			result = join(result, values.isEmpty() ? List.of(Kind.NIL) : of(values.get(0), depth + 1));
			if (result.contains(Kind.UNKNOWN)) {
				break;
			}
		}
		return result;
	}

	private static Kind statusReply(Expr.Call call) {
		boolean known = call.arguments().size() == 1;
		return (known && call.arguments().get(0) instanceof Expr.Str text)
				? new Kind(Kind.Type.STATUS, text.value(), null) : Kind.STATUS;
	}

	private List<Kind> command(Expr.Call call) {
		List<Expr> words = call.arguments();
		String name = words.isEmpty() ? null : this.model.literal(words.get(0));
		if (name == null || this.resp3) {
			return UNKNOWN;
		}
		boolean exact = !isSeveral(words.get(words.size() - 1));
		return CommandKinds.of(name.toUpperCase(Locale.ROOT), exact ? words.size() : -1);
	}

	/**
	 * Whether a value may be nil, which ends a list.
	 * @param kinds what it can be
	 * @return whether that is possible
	 */
	public static boolean mayBeNil(List<Kind> kinds) {
		return kinds.contains(Kind.NIL) || kinds.contains(Kind.UNKNOWN);
	}

	/**
	 * Whether nothing is known of a value.
	 * @param kinds what it can be
	 * @return whether it may be anything
	 */
	public static boolean isUnknown(List<Kind> kinds) {
		return kinds.contains(Kind.UNKNOWN);
	}

}
