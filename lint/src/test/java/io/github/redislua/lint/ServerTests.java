package io.github.redislua.lint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.redislua.lint.RespClient.ErrorReply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What we call an error, a real server refuses or fails on.
 */
class ServerTests {

	/**
	 * A script a line of reasoning: rule, script; run with one key "k" and no argument.
	 */
	private static final Object[][] REFUSED = { { Rule.SYNTAX, "return 1 +" }, { Rule.SYNTAX, "if a != b then end" },
			{ Rule.SYNTAX, "local x <const> = 1" }, { Rule.ENCODING, "# comment\nreturn 1" },
			{ Rule.ENCODING, "local a \0 = 1" }, { Rule.SHEBANG, "#!js\nreturn 1" }, { Rule.SHEBANG, "#!lua" },
			{ Rule.SHEBANG, "#!lua name=lib\nreturn 1" }, { Rule.SHEBANG, "#!lua flags=no-write\nreturn 1" },
			{ Rule.SHEBANG, "#!lua flags=no-writes,\nreturn 1" }, { Rule.GLOBAL_WRITE, "x = 1" },
			{ Rule.GLOBAL_WRITE, "function f() end" }, { Rule.GLOBAL_WRITE, "_G.x = 1" },
			{ Rule.GLOBAL_WRITE, "string.x = 1" }, { Rule.GLOBAL_WRITE, "redis.x = 1" },
			{ Rule.GLOBAL_WRITE, "ARGV = {}" }, { Rule.GLOBAL_READ, "if foo then return 1 end" },
			{ Rule.GLOBAL_READ, "return _G.foo" }, { Rule.GLOBAL_READ, "print(1)" },
			{ Rule.GLOBAL_READ, "return table.unpack({1})" }, { Rule.GLOBAL_READ, "return redis.cal('GET', KEYS[1])" },
			{ Rule.GLOBAL_READ, "return os.time()" }, { Rule.INDEX, "return redis.call('GET', KEYS[0])" },
			{ Rule.INDEX, "return redis.call('GET', KEYS[1.5])" }, { Rule.COUNT, "return redis.call('GET', ARGV[3])" },
			{ Rule.NOSCRIPT, "redis.call('MULTI')" }, { Rule.NOSCRIPT, "redis.call('CONFIG', 'GET', 'x')" },
			{ Rule.NOSCRIPT, "redis.call('EVAL', 'return 1', 0)" }, { Rule.NOSCRIPT, "redis.call('SUBSCRIBE', 'a')" },
			{ Rule.NOSCRIPT, "redis.call('AUTH', 'x')" }, { Rule.ARITY, "redis.call()" },
			{ Rule.ARITY, "redis.call('GET')" }, { Rule.ARITY, "redis.call('GET', KEYS[1], 1)" },
			{ Rule.ARITY, "redis.call('OBJECT', 'ENCODING')" }, { Rule.ARG_TYPE, "redis.call('SET', KEYS[1], nil)" },
			{ Rule.ARG_TYPE, "redis.call('SET', KEYS[1], false)" }, { Rule.ARG_TYPE, "redis.call('SET', KEYS[1], {})" },
			{ Rule.ARG_TYPE, "redis.call('SET', KEYS[1], function() end)" },
			{ Rule.READ_ONLY, "#!lua flags=no-writes\nredis.call('SET', KEYS[1], 1)" },
			{ Rule.READ_ONLY, "#!lua flags=no-writes\nredis.call('PUBLISH', 'a', 1)" },
			{ Rule.READ_ONLY, "#!lua flags=no-writes\nredis.call('PFCOUNT', KEYS[1])" } };

	private static RedisServer server;

	private static RespClient client;

	@BeforeAll
	static void startServer() throws IOException {
		server = RedisServer.start();
		assumeTrue(server != null, "no Redis server in reach");
		client = server.connect();
	}

	@AfterAll
	static void stopServer() throws IOException {
		if (server != null) {
			client.close();
			server.close();
		}
	}

	@Test
	void everyErrorRuleHasAScriptThatTheServerRefuses() throws IOException {
		MethodContract contract = MethodContract.of("A.b(String)", 1, 0);
		Set<Rule> seen = EnumSet.noneOf(Rule.class);
		for (Object[] row : REFUSED) {
			String script = (String) row[1];
			List<Finding> findings = ScriptChecker.create().check(ScriptSource.of("x.lua", script), contract);
			assertThat(findings).as(script).anyMatch((finding) -> finding.isError() && finding.rule() == row[0]);
			Object reply = client.command("EVAL", script, "1", "k");
			assertThat(reply).as(script).isInstanceOf(ErrorReply.class);
			seen.add((Rule) row[0]);
		}
		Set<Rule> errors = EnumSet.noneOf(Rule.class);
		Arrays.stream(Rule.values()).filter((rule) -> rule.severity() == Severity.ERROR).forEach(errors::add);
		// What the server replies, only the method refuses.
		errors.remove(Rule.REPLY);
		assertThat(seen).isEqualTo(errors);
	}

	@Test
	void aReadOnlyCallOfAScriptThatMayWriteIsRefused() throws IOException {
		String script = "#!lua\nreturn redis.call('GET', KEYS[1])";
		assertThat(client.command("EVAL_RO", script, "1", "k")).isInstanceOf(ErrorReply.class);
		assertThat(client.command("EVAL_RO", "redis.call('SET', KEYS[1], 1)", "1", "k")).isInstanceOf(ErrorReply.class);
	}

	@Test
	void theServersMessageIsOurs() throws IOException {
		List<String> scripts = List.of("return 1 +", "x = = 1", "if a then", "for i = 1 do end", "local a = 'b",
				"return '\\999'", "a\n(b)()", "break", "return 1 return 2", "local x = 0xg", "--[[", "return [==[", "@",
				"local function f() return ... end", "goto x", "\n\n\nlocal " + "a,".repeat(200) + "b",
				"return " + "(".repeat(199) + 1 + ")".repeat(199));
		for (String script : scripts) {
			Finding finding = Check.findings(script).get(0);
			ErrorReply reply = (ErrorReply) client.command("SCRIPT", "LOAD", script);
			assertThat(reply.message()).isEqualTo("ERR Error compiling script (new function): user_script:"
					+ finding.line() + ": " + finding.message());
		}
		assertThat(client.command("SCRIPT", "LOAD", "return " + "(".repeat(198) + 1 + ")".repeat(198)))
			.isInstanceOf(String.class);
		assertThat(Check.findings("return " + "(".repeat(198) + 1 + ")".repeat(198))).isEmpty();
	}

	@Test
	void literalKeysFailOnACluster() throws IOException {
		try (RedisServer cluster = RedisServer.start("--cluster-enabled", "yes"); RespClient node = cluster.connect()) {
			String script = "return redis.call('GET', 'a')";
			assertThat(Check.brief(Check.cluster(script))).containsExactly("1:undeclared-key!");
			node.command("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
			node.command("CONFIG", "SET", "cluster-require-full-coverage", "no");
			// Slot 15495 is another node's.
			assertThat(node.command("EVAL", script, "0")).isInstanceOf(ErrorReply.class);
			assertThat(node.command("EVAL", "#!lua flags=no-cluster\nreturn 1", "0")).isInstanceOf(ErrorReply.class);
		}
	}

	@Test
	void theServersWordCorrectsTheTable() throws IOException {
		ScriptChecker offline = ScriptChecker.create();
		ScriptSource source = ScriptSource.of("x.lua",
				"redis.call('JSON.SET', KEYS[1])\nredis.call('BLPOP', KEYS[1], 0)\nreturn redis.call('ZRANK', KEYS[1], 'a', 'WITHSCORE')");
		assertThat(Check.brief(offline.check(source).findings())).containsExactly("1:version", "2:version");
		List<String> names = new ArrayList<>(offline.check(source).facts().commands());
		assertThat(names).containsExactly("BLPOP", "JSON.SET", "ZRANK");
		List<String> words = new ArrayList<>(List.of("COMMAND", "INFO"));
		words.addAll(names);
		List<?> reply = (List<?>) client.command(words.toArray(new String[0]));
		ScriptChecker online = offline.withServer(names, reply);
		assertThat(Check.brief(online.check(source).findings())).containsExactly("1:unknown-command!", "2:noscript!",
				"3:arity!");
		assertThat(Check.brief(offline.withServer(names, null).check(source).findings())).containsExactly("1:version",
				"2:version");
	}

	@Test
	void ourOwnScriptsHaveNoErrorsAndLoad() throws IOException {
		for (String name : List.of("token_bucket", "queue", "session")) {
			try (InputStream in = ServerTests.class.getResourceAsStream("/scripts/" + name + ".lua")) {
				String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
				assertThat(client.command("SCRIPT", "LOAD", script)).isInstanceOf(String.class);
				assertThat(Check.findings(script)).noneMatch(Finding::isError);
			}
		}
	}

	@Test
	void theScriptsOfTheSamplesHaveNoErrorsAndLoad() throws IOException {
		List<Path> scripts = new ArrayList<>();
		try (Stream<Path> samples = Files.list(Path.of("../samples"))) {
			for (Path sample : samples.toList()) {
				Path resources = sample.resolve("src/main/resources");
				if (Files.exists(resources)) {
					scripts.addAll(ScriptFiles.below(List.of(resources)));
				}
			}
		}
		assertThat(scripts).isNotEmpty();
		for (Path script : scripts) {
			assertThat(client.command("SCRIPT", "LOAD", Files.readString(script))).as(script.toString())
				.isInstanceOf(String.class);
		}
		ScriptChecker.create().checkFolders(scripts.toArray(new Path[0])).assertNoErrors();
	}

}
