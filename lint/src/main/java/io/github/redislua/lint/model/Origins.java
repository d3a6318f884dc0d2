package io.github.redislua.lint.model;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.BinaryOperator;
import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.LocalVariable;

/**
 * Where the value of an expression comes from, joined over everything that may be
 * assigned on the way. What is not followed is unknown.
 */
public final class Origins {

	/** An element of KEYS. */
	public static final int KEYS = 1;

	/** A literal. */
	public static final int LITERAL = 2;

	/** An element of ARGV. */
	public static final int ARGUMENT = 4;

	/** What a command replied. */
	public static final int REPLY = 8;

	/** Not followed. */
	public static final int UNKNOWN = 16;

	/** Put together inside the script. */
	public static final int BUILT = 32;

	/** Put together from parts of which some are unknown. */
	static final int MIXED = 64;

	private static final int DEPTH = 40;

	private final ScriptModel model;

	private final BitSet open = new BitSet();

	/** Expressions looked at for one question: joins over call sites could multiply. */
	private int budget;

	/**
	 * The origins of a script's values.
	 * @param model the script
	 */
	public Origins(ScriptModel model) {
		this.model = model;
	}

	/**
	 * Where a value comes from.
	 * @param expr the expression
	 * @return the constants of this class that apply
	 */
	public int of(Expr expr) {
		this.budget = 2000;
		this.open.clear();
		return of(expr, 0);
	}

	private int of(Expr expr, int depth) {
		if (depth > DEPTH || --this.budget < 0) {
			return UNKNOWN;
		}
		if (expr instanceof Expr.Str || expr instanceof Expr.Num) {
			return LITERAL;
		}
		if (expr instanceof Expr.Paren paren) {
			return of(paren.inner(), depth + 1);
		}
		if (expr instanceof Expr.Name name) {
			return (name.local() != null) ? of(name.local(), depth + 1) : UNKNOWN;
		}
		if (expr instanceof Expr.Index index) {
			return element(index.object(), depth + 1);
		}
		if (expr instanceof Expr.Binary binary) {
			return binary(binary, depth + 1);
		}
		if (expr instanceof Expr.Call call) {
			return call(call, depth + 1);
		}
		return UNKNOWN;
	}

	private int binary(Expr.Binary binary, int depth) {
		if (binary.operator() == BinaryOperator.OR) {
			return of(binary.left(), depth) | of(binary.right(), depth);
		}
		if (binary.operator() == BinaryOperator.AND) {
			// Where the left side is the result, it is nil or false and no key.
			return of(binary.right(), depth);
		}
		if (binary.operator() == BinaryOperator.CONCAT) {
			return built(of(binary.left(), depth) | of(binary.right(), depth));
		}
		return UNKNOWN;
	}

	// A part that is known to be no key is enough: the whole is none either.
	private static int built(int parts) {
		if ((parts & (LITERAL | ARGUMENT | REPLY)) == 0) {
			return UNKNOWN;
		}
		int mixed = ((parts & UNKNOWN) != 0) ? MIXED : 0;
		return (parts & ~UNKNOWN) | mixed | BUILT;
	}

	private int call(Expr.Call call, int depth) {
		String name = this.model.calleeName(call);
		if (name == null) {
			return UNKNOWN;
		}
		switch (name) {
			case "redis.call", "redis.pcall", "server.call", "server.pcall" -> {
				return REPLY;
			}
			case "tostring", "tonumber" -> {
				return (call.arguments().size() == 1) ? of(call.arguments().get(0), depth) : UNKNOWN;
			}
			case "string.format" -> {
				int parts = 0;
				for (Expr argument : call.arguments()) {
					parts |= of(argument, depth);
				}
				return built(parts);
			}
			default -> {
				return UNKNOWN;
			}
		}
	}

	private int of(LocalVariable local, int depth) {
		LocalFacts facts = this.model.facts(local);
		if (this.open.get(local.id())) {
			return 0;
		}
		this.open.set(local.id());
		int result = values(facts, depth);
		this.open.clear(local.id());
		return (result != 0) ? result : UNKNOWN;
	}

	private int values(LocalFacts facts, int depth) {
		int result = 0;
		if (facts.iterated != null && facts.assignments == 1) {
			return element(facts.iterated, depth);
		}
		if (facts.functionOf != null) {
			LocalFacts function = this.model.facts(facts.functionOf);
			if (!function.isPrivateFunction() || facts.assignments != 1) {
				return UNKNOWN;
			}
			for (Expr.Call call : function.calls) {
				result |= (facts.parameter < call.arguments().size()) ? of(call.arguments().get(facts.parameter), depth)
						: UNKNOWN;
			}
			return result;
		}
		if (facts.unknown) {
			result |= UNKNOWN;
		}
		for (Expr value : facts.values) {
			if (!(value instanceof Expr.Nil)) {
				result |= of(value, depth);
			}
			if ((result & UNKNOWN) != 0) {
				break;
			}
		}
		return result;
	}

	// What is inside a list: KEYS, ARGV, a reply.
	private int element(Expr list, int depth) {
		Expr value = this.model.resolve(list);
		if (value instanceof Expr.Name name && name.local() == null) {
			return switch (name.name()) {
				case "KEYS" -> KEYS;
				case "ARGV" -> ARGUMENT;
				default -> UNKNOWN;
			};
		}
		return (of(value, depth) == REPLY) ? REPLY : UNKNOWN;
	}

	/**
	 * The text of the first literal in an expression that is put together.
	 * @param expr the expression
	 * @return the text, or null if there is none
	 */
	public @Nullable String firstLiteral(Expr expr) {
		Expr value = this.model.resolve(expr);
		for (int i = 0; i < DEPTH && value instanceof Expr.Binary binary; i++) {
			String right = this.model.literal(binary.right());
			String left = this.model.literal(binary.left());
			if (left != null) {
				return left;
			}
			if (right != null) {
				return right;
			}
			value = this.model.resolve(binary.right());
		}
		return this.model.literal(value);
	}

}
