package io.github.redislua.lint.model;

import java.util.List;
import java.util.Set;

/**
 * What commands reply in a script, which speaks RESP2 unless it asks for more. Only
 * commands whose reply has the same kind on every server are here.
 */
final class CommandKinds {

	private static final Set<String> NUMBERS = Set.of("APPEND", "BITCOUNT", "DBSIZE", "DECR", "DECRBY", "DEL", "EXISTS",
			"EXPIRE", "EXPIREAT", "GETBIT", "HDEL", "HEXISTS", "HINCRBY", "HLEN", "HSET", "HSETNX", "HSTRLEN", "INCR",
			"INCRBY", "LINSERT", "LLEN", "LPUSH", "LPUSHX", "LREM", "MSETNX", "PERSIST", "PEXPIRE", "PEXPIREAT",
			"PFADD", "PFCOUNT", "PTTL", "PUBLISH", "RENAMENX", "RPUSH", "RPUSHX", "SADD", "SCARD", "SETBIT", "SETNX",
			"SETRANGE", "SISMEMBER", "SMOVE", "SREM", "STRLEN", "TTL", "UNLINK", "XACK", "XDEL", "XLEN", "ZCARD",
			"ZCOUNT", "ZLEXCOUNT", "ZREM", "ZREMRANGEBYLEX", "ZREMRANGEBYRANK", "ZREMRANGEBYSCORE");

	private static final Set<String> TEXTS = Set.of("GETRANGE", "HINCRBYFLOAT", "INCRBYFLOAT", "ZINCRBY");

	private static final Set<String> TEXTS_OR_MISSING = Set.of("GET", "GETDEL", "GETEX", "GETSET", "HGET", "LINDEX",
			"RPOPLPUSH", "ZSCORE");

	private static final Set<String> LISTS = Set.of("HGETALL", "HKEYS", "HMGET", "HVALS", "KEYS", "LRANGE", "MGET",
			"SDIFF", "SINTER", "SMEMBERS", "SMISMEMBER", "SUNION", "TIME", "ZRANGE", "ZRANGEBYLEX", "ZRANGEBYSCORE",
			"ZREVRANGE", "ZREVRANGEBYLEX", "ZREVRANGEBYSCORE");

	private static final Set<String> DONE = Set.of("HMSET", "LSET", "LTRIM", "MSET", "PSETEX", "RENAME", "SETEX");

	private CommandKinds() {
	}

	/**
	 * The kinds of a command's reply.
	 * @param name the name in upper case
	 * @param words how many words the call has, -1 if that is not certain
	 * @return the kinds
	 */
	static List<Kind> of(String name, int words) {
		if (NUMBERS.contains(name)) {
			return List.of(Kind.NUMBER);
		}
		if (TEXTS.contains(name)) {
			return List.of(Kind.TEXT);
		}
		if (TEXTS_OR_MISSING.contains(name) || words == 2 && (name.equals("LPOP") || name.equals("RPOP"))) {
			return List.of(Kind.TEXT, Kind.FALSE);
		}
		if (LISTS.contains(name)) {
			return List.of(Kind.LIST);
		}
		// With options, SET may reply the old value or nothing.
		if (DONE.contains(name) || words == 3 && name.equals("SET")) {
			return List.of(new Kind(Kind.Type.STATUS, "OK", null));
		}
		return List.of(Kind.UNKNOWN);
	}

}
