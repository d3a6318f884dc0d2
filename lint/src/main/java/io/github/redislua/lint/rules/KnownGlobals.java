package io.github.redislua.lint.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The globals that scripts find on the supported servers, and what is in the libraries.
 */
final class KnownGlobals {

	/** On every supported server. */
	static final Set<String> EVERYWHERE = Set.of("ARGV", "KEYS", "_G", "_VERSION", "__redis__err__handler", "assert",
			"bit", "cjson", "cmsgpack", "collectgarbage", "coroutine", "error", "gcinfo", "getmetatable", "ipairs",
			"load", "loadstring", "math", "next", "pairs", "pcall", "rawequal", "rawget", "rawset", "redis", "select",
			"setmetatable", "string", "struct", "table", "tonumber", "tostring", "type", "unpack", "xpcall");

	/** Only on some, and on which. */
	private static final Map<String, String> SOMEWHERE = Map.of("os", "Redis 7.4 and Valkey", "getfenv", "Redis 7.4",
			"setfenv", "Redis 7.4", "newproxy", "Redis 7.4", "server", "Valkey");

	private static final Map<String, List<String>> MEMBERS = new HashMap<>();

	static {
		MEMBERS.put("string", List.of("byte", "char", "dump", "find", "format", "gfind", "gmatch", "gsub", "len",
				"lower", "match", "rep", "reverse", "sub", "upper"));
		MEMBERS.put("table",
				List.of("concat", "foreach", "foreachi", "getn", "insert", "maxn", "remove", "setn", "sort"));
		MEMBERS.put("math",
				List.of("abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "deg", "exp", "floor", "fmod",
						"frexp", "ldexp", "log", "log10", "max", "min", "mod", "modf", "pow", "rad", "random",
						"randomseed", "sin", "sinh", "sqrt", "tan", "tanh"));
		MEMBERS.put("bit", List.of("arshift", "band", "bnot", "bor", "bswap", "bxor", "lshift", "rol", "ror", "rshift",
				"tobit", "tohex"));
		MEMBERS.put("coroutine", List.of("create", "resume", "running", "status", "wrap", "yield"));
		MEMBERS.put("os", List.of("clock"));
		List<String> redis = List.of("acl_check_cmd", "breakpoint", "call", "debug", "error_reply", "log", "pcall",
				"replicate_commands", "set_repl", "setresp", "sha1hex", "status_reply");
		MEMBERS.put("redis", redis);
		MEMBERS.put("server", redis);
	}

	/** What people coming from elsewhere write. */
	private static final Map<String, String> HINTS = new HashMap<>();

	static {
		HINTS.put("print", "use redis.log(redis.LOG_NOTICE, ...), or return the value");
		HINTS.put("require", "scripts cannot load modules; cjson, cmsgpack, struct and bit are there already");
		HINTS.put("null", "Lua's null is 'nil'; a missing value in a reply is 'false'");
		HINTS.put("NULL", "Lua's null is 'nil'; a missing value in a reply is 'false'");
		HINTS.put("None", "Lua's null is 'nil'; a missing value in a reply is 'false'");
		HINTS.put("undefined", "Lua's null is 'nil'; a missing value in a reply is 'false'");
		HINTS.put("True", "write 'true'");
		HINTS.put("False", "write 'false'");
		HINTS.put("json", "the JSON library is 'cjson'");
		HINTS.put("JSON", "the JSON library is 'cjson'");
		HINTS.put("bit32", "the bit library is 'bit'");
		HINTS.put("io", "scripts have no access to files");
		HINTS.put("debug", "scripts have no debug library; redis.log writes to the server's log");
		HINTS.put("table.unpack", "in Lua 5.1 it is the global function 'unpack'");
		HINTS.put("table.pack", "in Lua 5.1 write '{ ... }'");
		HINTS.put("table.getn", "write '#list'");
		HINTS.put("math.pow", "write 'x ^ y'");
		HINTS.put("os.time", "the time is redis.call('TIME'), or an argument");
		HINTS.put("os.date", "the time is redis.call('TIME'), or an argument");
		HINTS.put("string.split", "Lua has no split: loop with string.gmatch");
		HINTS.put("argv", "it is 'ARGV', in upper case");
		HINTS.put("args", "arguments are in 'ARGV'");
		HINTS.put("keys", "it is 'KEYS', in upper case");
		HINTS.put("arg", "arguments are in 'ARGV'");
	}

	private KnownGlobals() {
	}

	// The servers that have a global, where not all have it.
	static @Nullable String servers(String name) {
		return SOMEWHERE.get(name);
	}

	static boolean isKnown(String name) {
		return EVERYWHERE.contains(name) || SOMEWHERE.containsKey(name);
	}

	// The functions of a library, or null if they are not all known.
	static @Nullable List<String> functions(String library) {
		return MEMBERS.get(library);
	}

	// Whether a global is a table that scripts may not change.
	static boolean isLibrary(String name) {
		return switch (name) {
			case "cjson", "cmsgpack", "struct" -> true;
			default -> MEMBERS.containsKey(name);
		};
	}

	static @Nullable String hint(String name) {
		return HINTS.get(name);
	}

}
