package io.github.redislua.lint.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.redislua.lint.RedisServer;
import io.github.redislua.lint.RespClient;
import io.github.redislua.lint.RespClient.ErrorReply;
import io.github.redislua.lint.syntax.LuaSyntaxException;
import io.github.redislua.lint.syntax.Parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a real server replies is among the kinds that the script was read to have.
 */
class KindsServerTests {

	private static final int SCRIPTS = 500;

	private static final String RESET = """
			redis.call('FLUSHALL')
			redis.call('SET', 'k1', 'v')
			redis.call('RPUSH', 'k3', 'x', 'y')
			redis.call('HSET', 'k4', 'f', 'v')
			""";

	private static final String[] VALUES = { "nil", "false", "true", "7", "-1", "2.5", "'text'", "'12'", "a", "b", "c",
			"t", "u", "ARGV[1]", "ARGV[2]", "{}", "{ 1, 2 }", "{ x = 1 }", "{ ok = 'fine' }", "{ err = 'bad' }",
			"{ [ARGV[1]] = 'x' }", "#t", "redis.call('GET', KEYS[1])", "redis.call('GET', KEYS[2])",
			"redis.call('INCR', KEYS[2])", "redis.call('SET', KEYS[1], 'v')", "redis.call('LRANGE', KEYS[3], 0, -1)",
			"redis.call('HGETALL', KEYS[4])", "redis.pcall('INCR', KEYS[1])", "redis.status_reply('fine')",
			"redis.error_reply('bad')", "unpack(t)", "type(a)", "redis.call('LPOP', KEYS[3])", "f()", "g(7)", "one()" };

	private static final String[] STATEMENTS = { "a = %s", "b = %s", "if %s then a = %s end", "t[#t + 1] = %s",
			"t[1] = %s", "u.name = %s", "u.ok = %s", "table.insert(t, %s)", "for i = 1, 2 do c = %s end",
			"local a = %s", "if %s == %s then return %s end", "g(%s)", "local d = %s; a = d", "t = { %s, %s }" };

	/** The values at the end that call the script's own functions. */
	private static final int CALLS = 3;

	private final Random random = new Random(42);

	private int values = VALUES.length;

	@Test
	void theReplyIsAmongTheKinds() throws IOException, LuaSyntaxException {
		try (RedisServer server = RedisServer.start()) {
			assumeTrue(server != null, "no Redis server in reach");
			int known = 0;
			try (RespClient client = server.connect()) {
				for (int i = 0; i < SCRIPTS; i++) {
					known += check(script(), client) ? 1 : 0;
				}
			}
			assertThat(known).isGreaterThan(SCRIPTS / 10);
		}
	}

	// Says whether the reply could have been another one.
	private static boolean check(String script, RespClient client) throws IOException, LuaSyntaxException {
		client.command("EVAL", RESET, "0");
		byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
		ScriptModel model = ModelBuilder.build(Parser.parse(bytes, 0));
		Object reply = client.command("EVAL", script, "4", "k1", "k2", "k3", "k4", "ok");
		if (reply instanceof ErrorReply error && error.message().contains("script:")) {
			return false;
		}
		// Any of its returns may be the one.
		Kinds kinds = new Kinds(model);
		boolean among = false;
		boolean unknown = false;
		for (var statement : model.returns(null)) {
			List<Kind> found = statement.values().isEmpty() ? List.of(Kind.NIL) : kinds.of(statement.values().get(0));
			unknown |= Kinds.isUnknown(found);
			among |= found.stream().anyMatch((kind) -> is(reply, kind));
		}
		assertThat(among).as("%s%n=> %s", script, reply).isTrue();
		return !unknown;
	}

	private static boolean is(Object reply, Kind kind) {
		return switch (kind.type()) {
			case UNKNOWN -> true;
			case NIL, FALSE -> reply == null;
			case TRUE -> Long.valueOf(1).equals(reply);
			case NUMBER -> reply instanceof Long && (kind.text() == null || kind.text().equals(reply.toString()));
			case TEXT, STATUS -> reply instanceof String && (kind.text() == null || kind.text().equals(reply));
			case ERROR -> reply instanceof ErrorReply;
			case LIST -> reply instanceof List<?> list && (kind.elements() == null || isList(list, kind.elements()));
		};
	}

	private static boolean isList(List<?> reply, Kind.Elements elements) {
		for (int i = 0; i < elements.kinds().size(); i++) {
			List<Kind> kinds = elements.kinds().get(i);
			if (i == reply.size()) {
				return Kinds.mayBeNil(kinds);
			}
			Object element = reply.get(i);
			if (kinds.stream().noneMatch((kind) -> is(element, kind))) {
				return false;
			}
		}
		return elements.open() || reply.size() == elements.kinds().size();
	}

	private String script() {
		// A function that calls itself would not come to an end.
		this.values = VALUES.length - CALLS;
		StringBuilder script = new StringBuilder("local a, b, c = 1\nlocal t, u = {}, {}\n");
		script.append("local function f() if a then return ").append(value(1)).append(" end end\n");
		script.append("local function g(x) t[1] = x return x end\nlocal function one() return ").append(value(1));
		script.append(" end\n");
		this.values = VALUES.length;
		int count = this.random.nextInt(5);
		for (int i = 0; i < count; i++) {
			String statement = STATEMENTS[this.random.nextInt(STATEMENTS.length)];
			// A list that holds itself twice would be a reply without end.
			boolean stored = statement.startsWith("t") || statement.startsWith("g");
			script
				.append(stored ? String.format(statement, scalar(), scalar())
						: String.format(statement, value(2), value(2), value(2)))
				.append('\n');
		}
		return script.append("return ").append(value(3)).toString();
	}

	private String scalar() {
		return VALUES[this.random.nextInt(8)];
	}

	private String value(int depth) {
		int choice = (depth > 0) ? this.random.nextInt(12) : 99;
		return switch (choice) {
			case 0 -> value(depth - 1) + " and " + value(depth - 1);
			case 1 -> value(depth - 1) + " or " + value(depth - 1);
			case 2 -> "(" + value(depth - 1) + ")";
			case 3 -> "not " + value(0);
			case 4 -> "{ " + value(depth - 1) + ", " + value(depth - 1) + " }";
			case 5 -> "tonumber(" + value(0) + ")";
			case 6 -> value(0) + " == " + value(0);
			case 7 -> "tostring(" + value(0) + ")";
			default -> VALUES[this.random.nextInt(this.values)];
		};
	}

}
