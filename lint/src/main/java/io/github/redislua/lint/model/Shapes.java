package io.github.redislua.lint.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.Expr;
import io.github.redislua.lint.syntax.Stat;

/**
 * What kinds of replies a script can give.
 */
public final class Shapes {

	/** An integer. */
	public static final int INTEGER = 1;

	/** Text. */
	public static final int STRING = 2;

	/** A status. */
	public static final int STATUS = 4;

	/** Nil. */
	public static final int NIL = 8;

	/** A list. */
	public static final int LIST = 16;

	/** An error. */
	public static final int ERROR = 32;

	/** Not known. */
	public static final int UNKNOWN = 64;

	private static final int DEPTH = 12;

	private static final Set<String> INTEGER_COMMANDS = Set.of("APPEND", "DBSIZE", "DECR", "DECRBY", "DEL", "EXISTS",
			"EXPIRE", "EXPIREAT", "HDEL", "HEXISTS", "HINCRBY", "HLEN", "HSET", "HSETNX", "INCR", "INCRBY", "LLEN",
			"LPUSH", "LREM", "PERSIST", "PEXPIRE", "PEXPIREAT", "PTTL", "PUBLISH", "RPUSH", "SADD", "SCARD", "SETNX",
			"SISMEMBER", "SREM", "STRLEN", "TTL", "UNLINK", "ZCARD", "ZCOUNT", "ZREM", "ZREMRANGEBYRANK",
			"ZREMRANGEBYSCORE");

	private static final Set<String> STRING_COMMANDS = Set.of("GET", "GETDEL", "GETSET", "HGET", "LINDEX", "ZSCORE");

	private static final Set<String> LIST_COMMANDS = Set.of("HGETALL", "HKEYS", "HMGET", "HVALS", "KEYS", "LRANGE",
			"MGET", "SDIFF", "SINTER", "SMEMBERS", "SUNION", "TIME", "ZRANGE", "ZRANGEBYSCORE", "ZREVRANGE",
			"ZREVRANGEBYSCORE");

	private final ScriptModel model;

	private final boolean resp3;

	private int budget = 5000;

	/**
	 * The shapes of a script's replies.
	 * @param model the script
	 */
	public Shapes(ScriptModel model) {
		this.model = model;
		boolean found = false;
		for (GlobalUse call : model.memberCalls) {
			found |= call.name().endsWith(".setresp");
		}
		this.resp3 = found;
	}

	/**
	 * The shapes of the script's reply.
	 * @return the constants of this class that apply
	 */
	public int script() {
		int result = ScriptModel.alwaysReturns(this.model.chunk.body()) ? 0 : NIL;
		return result | returns(this.model.returns(null), 0);
	}

	private int returns(List<Stat.Return> returns, int depth) {
		int result = 0;
		for (Stat.Return statement : returns) {
			result |= statement.values().isEmpty() ? NIL : of(statement.values().get(0), depth + 1);
		}
		return result;
	}

	private int of(Expr expr, int depth) {
		if (depth > DEPTH || --this.budget < 0) {
			return UNKNOWN;
		}
		if (expr instanceof Expr.Nil) {
			return NIL;
		}
		if (expr instanceof Expr.Bool bool) {
			return bool.value() ? INTEGER : NIL;
		}
		if (expr instanceof Expr.Num) {
			return INTEGER;
		}
		if (expr instanceof Expr.Str) {
			return STRING;
		}
		if (expr instanceof Expr.Paren paren) {
			return of(paren.inner(), depth);
		}
		if (expr instanceof Expr.Table table) {
			return table(table);
		}
		if (expr instanceof Expr.Unary unary) {
			return (unary.operator() == Expr.UnaryOperator.NOT) ? INTEGER | NIL : INTEGER;
		}
		if (expr instanceof Expr.Binary binary) {
			return binary(binary, depth + 1);
		}
		if (expr instanceof Expr.Name name && name.local() != null) {
			return local(this.model.facts(name.local()), depth + 1);
		}
		return (expr instanceof Expr.Call call) ? call(call, depth + 1) : UNKNOWN;
	}

	private static int table(Expr.Table table) {
		if (ReplyTables.has(table, "err")) {
			return ERROR;
		}
		if (ReplyTables.has(table, "ok")) {
			return STATUS;
		}
		return ReplyTables.isReplyTable(table) ? UNKNOWN : LIST;
	}

	private int binary(Expr.Binary binary, int depth) {
		return switch (binary.operator()) {
			case CONCAT -> STRING;
			case AND -> NIL | of(binary.right(), depth);
			case OR -> (of(binary.left(), depth) & ~NIL) | of(binary.right(), depth);
			default -> binary.operator().isComparison() ? INTEGER | NIL : INTEGER;
		};
	}

	private int local(LocalFacts facts, int depth) {
		if (facts.unknown || facts.functionOf != null || facts.replyField) {
			return UNKNOWN;
		}
		// Declared without a value it is nil, until it is assigned.
		int result = (facts.values.size() < facts.assignments) ? NIL : 0;
		for (Expr value : facts.values) {
			result |= of(value, depth);
			if ((result & UNKNOWN) != 0) {
				break;
			}
		}
		return result;
	}

	private int call(Expr.Call call, int depth) {
		Expr.Function function = Returns.called(this.model, call);
		if (function != null) {
			int result = ScriptModel.alwaysReturns(function.body()) ? 0 : NIL;
			return result | returns(this.model.returns(function), depth);
		}
		String name = this.model.calleeName(call);
		if (name == null) {
			return UNKNOWN;
		}
		return switch (name) {
			case "tonumber" -> INTEGER | NIL;
			case "tostring", "cjson.encode", "cmsgpack.pack", "string.format", "string.sub", "string.lower",
					"string.upper", "string.rep", "table.concat", "redis.sha1hex" ->
				STRING;
			case "math.floor", "math.ceil", "math.max", "math.min", "math.abs" -> INTEGER;
			case "redis.status_reply" -> STATUS;
			case "redis.error_reply" -> ERROR;
			case "redis.call" -> command(call);
			case "redis.pcall" -> command(call) | ERROR;
			default -> UNKNOWN;
		};
	}

	private int command(Expr.Call call) {
		String name = call.arguments().isEmpty() ? null : this.model.literal(call.arguments().get(0));
		if (name == null || this.resp3) {
			return UNKNOWN;
		}
		String upper = name.toUpperCase(Locale.ROOT);
		if (INTEGER_COMMANDS.contains(upper)) {
			return INTEGER;
		}
		if (STRING_COMMANDS.contains(upper)) {
			return STRING | NIL;
		}
		return LIST_COMMANDS.contains(upper) ? LIST : UNKNOWN;
	}

	/**
	 * Shapes in words.
	 * @param shapes the shapes
	 * @return the words, or null if something is unknown
	 */
	public static @Nullable String describe(int shapes) {
		if ((shapes & UNKNOWN) != 0) {
			return null;
		}
		StringBuilder out = new StringBuilder();
		String[] names = { "an integer", "a string", "a status", "nil", "a list" };
		for (int i = 0; i < names.length; i++) {
			if ((shapes & 1 << i) != 0) {
				out.append((out.length() > 0) ? " or " : "").append(names[i]);
			}
		}
		return out.toString();
	}

}
