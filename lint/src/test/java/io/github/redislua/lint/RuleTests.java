package io.github.redislua.lint;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule: what it finds and what it must not find.
 */
class RuleTests {

	@Test
	void ordinaryScriptsHaveNoFindings() {
		assertThat(Check.findings("""
				local rcall = redis.call
				local current = tonumber(rcall('GET', KEYS[1]) or '0')
				if current + tonumber(ARGV[1]) > tonumber(ARGV[2]) then
				  return { 0, current }
				end
				rcall('SET', KEYS[1], current + ARGV[1], 'EX', 60)
				return { 1, current }
				""")).isEmpty();
	}

	@Test
	void syntaxIsReportedInTheServersWordsWithAHint() {
		Finding finding = Check.findings("local a = 1\nif a != 2 then return 1 end").get(0);
		assertThat(finding.id()).isEqualTo("syntax");
		assertThat(finding.line()).isEqualTo(2);
		assertThat(finding.column()).isEqualTo(6);
		assertThat(finding.message()).isEqualTo("'then' expected near '!'");
		assertThat(finding.hint()).contains("~=");
	}

	@Test
	void mistakesFromOtherLanguagesHaveHints() {
		assertThat(hint("x += 1")).contains("+=");
		assertThat(hint("local x = 7 // 2")).contains("math.floor");
		assertThat(hint("local x = 7 & 2")).contains("bit.band");
		assertThat(hint("for i = 1, 2 do goto done end")).contains("goto");
		assertThat(hint("for i = 1, 2 do if i == 1 then continue end end")).contains("continue");
		assertThat(hint("local x <const> = 1")).contains("<const>");
		assertThat(hint("return \u201cx\u201d")).contains("typographic quote");
		assertThat(hint("if a then\nelse if b then\nend")).contains("elseif");
		assertThat(hint("if a && b then end")).contains("and");
		assertThat(hint("if a || b then end")).contains("or");
		assertThat(hint("if not a { }")).contains("then");
		assertThat(hint("var x = 1")).contains("local");
		assertThat(hint("x++")).contains("x + 1");
		assertThat(hint("return 1\nlocal x")).contains("last statement");
		assertThat(hint("do end end")).contains("too many");
		assertThat(hint("local s = [[abc\n\n")).contains("line 1");
		assertThat(hint("// comment\nreturn 1")).contains("--");
	}

	private static String hint(String script) {
		Finding finding = Check.findings(script).get(0);
		assertThat(finding.id()).as(script).isEqualTo("syntax");
		assertThat(finding.hint()).as(finding.toString()).isNotNull();
		return finding.hint();
	}

	@Test
	void encodingAndShebangAreChecked() {
		assertThat(Check.brief("# comment\nreturn 1")).containsExactly("1:encoding!");
		assertThat(Check.brief("local a \0 = 1")).containsExactly("1:encoding!");
		assertThat(Check.brief("\ufeffreturn 1")).isEmpty();
		assertThat(Check.brief("#!lua flags=no-writes,allow-oom\nreturn 1")).isEmpty();
		assertThat(Check.brief("#!lua flags=\nreturn 1")).isEmpty();
		assertThat(Check.brief("#!lua\r\nreturn 1")).isEmpty();
		assertThat(Check.brief("#!js\nreturn 1")).containsExactly("1:shebang!");
		assertThat(Check.brief("#!lua name=x\nreturn 1")).containsExactly("1:shebang!");
		assertThat(Check.brief("#!lua")).containsExactly("1:shebang!");
		assertThat(Check.brief("#!lua flags=no-writes, allow-oom\nreturn 1")).containsExactly("1:shebang!");
		assertThat(Check.findings("#!lua flags=no-write\nreturn 1").get(0).hint()).contains("no-writes");
		ScriptChecker extended = ScriptChecker.builder().extraFlags(List.of("allow-magic")).build();
		assertThat(extended.check(ScriptSource.of("x.lua", "#!lua flags=allow-magic\nreturn 1"), null)).isEmpty();
		assertThat(Check.brief(Check.cluster("#!lua flags=no-cluster\nreturn 1"))).containsExactly("1:shebang!");
	}

	@Test
	void globalsAreFoundWhereTheyAreWrittenAndRead() {
		assertThat(Check.brief("x = 1\nreturn x")).containsExactly("1:global-write!");
		assertThat(Check.brief("function f() end")).containsExactly("1:global-write!");
		assertThat(Check.brief("_G.x = 1")).containsExactly("1:global-write!");
		assertThat(Check.brief("string.trim = function() end")).containsExactly("1:global-write!");
		assertThat(Check.brief("KEYS = {}")).containsExactly("1:global-write!");
		assertThat(Check.brief("if foo then return 1 end")).containsExactly("1:global-read!");
		assertThat(Check.brief("return _G.foo")).containsExactly("1:global-read!");
		assertThat(Check.brief("return table.unpack({1})")).containsExactly("1:global-read!");
		assertThat(Check.brief("local x\nx = 1\nlocal function f() x = 2 end f()")).isEmpty();
		assertThat(Check.brief("local t = {}\nt.x = 1\nfunction t.f() end")).isEmpty();
		assertThat(Check.brief("setfenv(1, {}) x = y")).containsExactly("1:version");
		assertThat(Check.brief("loadstring('y = 1')() x = 1")).isEmpty();
		assertThat(Check.brief("local ok = pcall(function() return foo end)")).containsExactly("1:global-read");
		assertThat(Check.findings("pritn(1)\n").get(0).message()).contains("'pritn'");
	}

	@Test
	void indexesStartAtOneAndAreWhole() {
		assertThat(Check.brief("return KEYS[0]")).containsExactly("1:index!");
		assertThat(Check.brief("return ARGV[1.5]")).containsExactly("1:index!");
		assertThat(Check.brief("return ARGV[-1]")).containsExactly("1:index!");
		assertThat(Check.brief("return ARGV[1] .. ARGV[#ARGV]")).isEmpty();
	}

	@Test
	void commandsThatScriptsMayNotCallAreErrors() {
		assertThat(Check.brief("redis.call('MULTI')")).containsExactly("1:noscript!");
		assertThat(Check.brief("redis.pcall('multi')")).containsExactly("1:noscript");
		assertThat(Check.brief("return redis.call('CONFIG', 'GET', 'x')")).containsExactly("1:noscript!");
		assertThat(Check.brief("local r = redis\nlocal call = r.call\ncall('AUTH', 'x')"))
			.containsExactly("3:noscript!");
		assertThat(Check.brief("local ok = pcall(redis.call, 'SUBSCRIBE', 'x')")).containsExactly("1:noscript");
		assertThat(Check.brief("return redis.call('OBJECT', 'ENCODING', KEYS[1])")).isEmpty();
	}

	@Test
	void argumentsAreCountedWhereThatIsExact() {
		assertThat(Check.brief("redis.call('GET')")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.call('GET', KEYS[1], 2)")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.call()")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.call('SETEX', KEYS[1], tostring(1))")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.call('SETEX', KEYS[1], unpack(ARGV))")).isEmpty();
		assertThat(Check.brief("redis.call('SETEX', KEYS[1], ...)")).isEmpty();
		assertThat(Check.brief("redis.call('GET', KEYS[1], 1, unpack(ARGV))")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.call('ZRANK', KEYS[1], 'a', 'WITHSCORE')")).isEmpty();
		assertThat(Check.brief("redis.call(unpack(ARGV))")).isEmpty();
		Finding finding = Check.findings("redis.call('OBJECT', 'ENCODING')").get(0);
		assertThat(finding.message()).isEqualTo("OBJECT ENCODING takes 1 argument, not 0");
	}

	@Test
	void argumentsAreStringsOrNumbers() {
		assertThat(Check.brief("redis.call('SET', KEYS[1], nil)")).containsExactly("1:arg-type!");
		assertThat(Check.brief("redis.call('SET', KEYS[1], true)")).containsExactly("1:arg-type!");
		assertThat(Check.brief("redis.call('SET', KEYS[1], {})")).containsExactly("1:arg-type!");
		assertThat(Check.brief("redis.call('DEL', KEYS)")).containsExactly("1:arg-type!");
		assertThat(Check.brief("redis.call('SET', KEYS[1], 1 == 2)")).containsExactly("1:arg-type!");
		assertThat(Check.brief("local v = {}\nredis.call('SET', KEYS[1], v)")).containsExactly("2:arg-type!");
		assertThat(Check.brief("local v = false\nv = 'x'\nredis.call('SET', KEYS[1], v)")).isEmpty();
		assertThat(Check.brief("redis.call('SET', KEYS[1], ARGV[1] or nil)")).isEmpty();
	}

	@Test
	void readOnlyScriptsCannotWrite() {
		assertThat(Check.brief("#!lua flags=no-writes\nredis.call('SET', KEYS[1], 1)")).containsExactly("2:read-only!");
		assertThat(Check.brief("#!lua flags=no-writes\nreturn redis.call('PFCOUNT', KEYS[1])"))
			.containsExactly("2:read-only!");
		assertThat(Check.brief("#!lua flags=no-writes\nreturn redis.call('GET', KEYS[1])")).isEmpty();
		MethodContract readOnly = MethodContract.of("A.b()", 1, 0).readOnly(true);
		assertThat(Check.brief(Check.contract("redis.call('SPUBLISH', KEYS[1], 1)", readOnly)))
			.containsExactly("1:read-only!");
		assertThat(Check.brief(Check.contract("#!lua\nreturn redis.call('GET', KEYS[1])", readOnly)))
			.containsExactly("1:read-only!");
		assertThat(Check.contract("return redis.call('GET', KEYS[1])", readOnly)).isEmpty();
	}

	@Test
	void undeclaredKeysAreOneFindingAScript() {
		assertThat(Check.brief("redis.call('GET', 'a')\nredis.call('GET', ARGV[1])"))
			.containsExactly("1:undeclared-key");
		assertThat(Check.findings("redis.call('GET', 'a')\nredis.call('GET', ARGV[1])").toString()).contains("'a'")
			.contains("also line 2");
		assertThat(Check.brief(Check.cluster("redis.call('GET', 'a')"))).containsExactly("1:undeclared-key!");
		assertThat(Check.brief(Check.cluster("redis.call('GET', 'a' .. KEYS[1])"))).containsExactly("1:undeclared-key");
		assertThat(Check.brief(Check.cluster("redis.call('GET', 'a' .. f.g)"))).contains("1:undeclared-key");
	}

	@Test
	void keysAreFollowedThroughVariablesLoopsAndLocalFunctions() {
		assertThat(Check.brief("for _, k in ipairs(KEYS) do redis.call('DEL', k) end")).isEmpty();
		assertThat(Check.brief("for i = 1, #KEYS do redis.call('DEL', KEYS[i]) end")).isEmpty();
		assertThat(Check.brief("local keys = KEYS\nredis.call('GET', keys[2])")).isEmpty();
		assertThat(Check.brief("local function get(k) return redis.call('GET', k) end\nreturn get(KEYS[1])")).isEmpty();
		assertThat(Check.brief("local function get(k) return redis.call('GET', k) end\nreturn get(ARGV[1])"))
			.containsExactly("1:undeclared-key");
		assertThat(Check.brief("local id = redis.call('LPOP', KEYS[1])\nredis.call('DEL', id)"))
			.containsExactly("2:undeclared-key");
		assertThat(Check.brief("local k = string.format('job:%s', ARGV[1])\nredis.call('DEL', k)"))
			.containsExactly("2:undeclared-key");
		assertThat(Check.brief("local k = cjson.decode(ARGV[1]).key\nredis.call('DEL', k)")).isEmpty();
		assertThat(Check.brief("redis.call('ZUNIONSTORE', KEYS[1], 2, KEYS[2], 'b')"))
			.containsExactly("1:undeclared-key");
		assertThat(Check.brief("redis.call('XREAD', 'COUNT', 1, 'STREAMS', KEYS[1], '0')")).isEmpty();
		assertThat(Check.brief("redis.call('PUBLISH', 'channel', 1)")).isEmpty();
	}

	@Test
	void whatOnlySomeServersHaveIsAWarning() {
		assertThat(Check.brief("redis.call('BLPOP', KEYS[1], 0)")).containsExactly("1:version");
		assertThat(Check.brief("redis.call('XREAD', 'BLOCK', 0, 'STREAMS', KEYS[1], '0')"))
			.containsExactly("1:version");
		assertThat(Check.brief("return os.clock()")).containsExactly("1:version");
		assertThat(Check.brief("return server.call('GET', KEYS[1])")).containsExactly("1:version");
		assertThat(Check.brief("return redis.call('HEXPIRE', KEYS[1], 1, 'FIELDS', 1, 'a')"))
			.containsExactly("1:version");
		assertThat(Check.brief("return redis.call('JSON.GET', KEYS[1])")).containsExactly("1:version");
	}

	@Test
	void unknownCommandsHaveASuggestion() {
		Finding finding = Check.findings("return redis.call('HGETAL', KEYS[1])").get(0);
		assertThat(finding.id()).isEqualTo("unknown-command");
		assertThat(finding.severity()).isEqualTo(Severity.WARN);
		assertThat(finding.hint()).isEqualTo("did you mean HGETALL?");
		assertThat(Check.findings("redis.call('SET a 1', KEYS[1])").get(0).hint()).contains("of their own");
		ScriptChecker extended = ScriptChecker.builder().extraCommands(List.of("my.command")).build();
		assertThat(extended.check(ScriptSource.of("x", "redis.call('MY.COMMAND', KEYS[1])"), null)).isEmpty();
	}

	@Test
	void valuesThatChangeOnTheirWayOutAreWarnings() {
		assertThat(Check.brief("return { a = 1 }")).containsExactly("1:return");
		assertThat(Check.brief("local r = {}\nr.a = 1\nreturn r")).containsExactly("3:return");
		assertThat(Check.brief("return { { id = 1 } }")).containsExactly("1:return");
		assertThat(Check.brief("local l = {}\ntable.insert(l, { id = 1 })\nreturn l")).containsExactly("2:return");
		assertThat(Check.brief("return { 1, nil }")).containsExactly("1:return");
		assertThat(Check.brief("return 1.5")).containsExactly("1:return");
		assertThat(Check.brief("return 10 / 4")).containsExactly("1:return");
		assertThat(Check.brief("return 1, 2")).containsExactly("1:return");
		assertThat(Check.brief("local function f() return { a = 1 } end\nreturn f()")).containsExactly("1:return");
		assertThat(Check.brief("return { ok = 'FINE' }")).isEmpty();
		assertThat(Check.brief("return { err = 'MY failure' }")).isEmpty();
		assertThat(Check.brief("return { double = 1.5 }")).isEmpty();
		assertThat(Check.brief("return math.floor(10 / 4)")).isEmpty();
		assertThat(Check.brief("return cjson.encode({ a = 1 })")).isEmpty();
		assertThat(Check.brief("local r = {}\nfill(r)\nreturn r")).doesNotContain("3:return");
		assertThat(Check.brief("local function f() return 1, 2 end\nlocal a, b = f()\nreturn { a, b }")).isEmpty();
	}

	@Test
	void aScriptWithoutKeysIsMentioned() {
		List<Finding> findings = Check.findings("return redis.call('TIME')");
		assertThat(findings).singleElement().satisfies((finding) -> {
			assertThat(finding.id()).isEqualTo("no-keys");
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
		});
		assertThat(Check.findings("return 1")).isEmpty();
	}

	@Test
	void commentsSuppress() {
		assertThat(Check.brief("redis.call('GET', 'a') -- luascript:allow undeclared-key")).isEmpty();
		assertThat(Check.brief("-- luascript:allow undeclared-key, return\nredis.call('GET', 'a')\nreturn 1.5"))
			.isEmpty();
		assertThat(Check.brief("#!lua\n-- about it\n-- luascript:allow return\nreturn 1.5")).isEmpty();
		assertThat(Check.brief("local a = 1\n-- luascript:allow return (meant)\nreturn 1.5")).isEmpty();
		assertThat(Check.brief("redis.call('GET', 'a') -- luascript:allow return")).containsExactly("1:undeclared-key");
		assertThat(Check.brief("redis.call('GET', 'a') -- luascript:allow undeclared-key\nredis.call('GET', 'b')"))
			.containsExactly("2:undeclared-key");
		ScriptChecker quiet = ScriptChecker.builder().suppress(List.of("undeclared-key")).build();
		assertThat(quiet.check(ScriptSource.of("x", "redis.call('GET', 'a' .. KEYS[1])"), null)).isEmpty();
	}

	@Test
	void whatIsCaughtByNameIsAWarningToo() {
		for (String script : List.of("local function f() return foo end\nreturn pcall(f)",
				"local f = function() return foo end\nreturn xpcall(f, tostring)",
				"local function f() return foo end\nreturn pcall(function() return f() end)",
				"local function try(g, ...) return pcall(g, ...) end\nreturn try(function() return foo end)",
				"local function try(g) return pcall(g) end\nlocal function f() return foo end return try(f)",
				"local t = {}\nfunction t.f() return foo end return pcall(t.f)")) {
			assertThat(Check.brief(script)).as(script).hasSize(1).allMatch((found) -> found.endsWith(":global-read"));
		}
		for (String script : List.of("local function f() return foo end\nlocal a = pcall(f) return f()",
				"local function f() return foo end\nreturn pcall(tostring, f())",
				"local function try(g) return pcall(g) end\nlocal x = foo return try(function() return 1 end)",
				"local t = {}\nfunction t.f() return foo end return pcall(tostring, 1)")) {
			assertThat(Check.brief(script)).as(script).hasSize(1).allMatch((found) -> found.endsWith(":global-read!"));
		}
	}

	@Test
	void aMemberThatIsAskedForFirstIsNoError() {
		assertThat(Check.brief("if table.unpack then return table.unpack(KEYS) end return unpack(KEYS)")).isEmpty();
		assertThat(Check.brief("local p = table.unpack and table.unpack(KEYS) or unpack(KEYS) return p")).isEmpty();
		assertThat(Check.brief("if type(redis.foo) == 'function' then redis.foo() end")).isEmpty();
		assertThat(Check.brief("return table.unpack(KEYS)")).containsExactly("1:global-read!");
	}

	@Test
	void anIndexThatTheScriptFillsIsNoError() {
		assertThat(Check.brief("KEYS[0] = 'x' return KEYS[0]")).isEmpty();
		assertThat(Check.brief("return KEYS[0]")).containsExactly("1:index!");
	}

	@Test
	void whatAnAliasOfPcallCallsIsCaught() {
		for (String script : List.of("local pcall = pcall\nlocal ok = pcall(function() return foo end) return 1",
				"local assert, pcall, type = assert, pcall, type\nlocal ok = pcall(function() return foo end)",
				"local p = pcall\nlocal q = p\nlocal ok = q(function() return foo end)",
				"local xpcall = xpcall\nlocal ok = xpcall(function() return foo end, tostring)",
				"local g = _G\nlocal ok = g.pcall(function() return foo end)",
				"local ok = _G.pcall(function() return foo end)",
				"local pcall = pcall\nlocal function f() return foo end local ok = pcall(f)")) {
			assertThat(Check.brief(script)).as(script).hasSize(1).allMatch((found) -> found.endsWith(":global-read"));
		}
		assertThat(Check.brief("local p = pcall\nlocal ok = p(function() redis.call('MULTI') end)"))
			.containsExactly("2:noscript");
		assertThat(Check.brief("local p = pcall\nlocal ok = p(function() redis.call('SET', KEYS[1], nil) end)"))
			.containsExactly("2:arg-type");
		assertThat(Check.brief("local p = pcall\nlocal ok = p(redis.call, 'MULTI')")).containsExactly("2:noscript");
		assertThat(Check.brief("local p = pcall\nlocal ok = p(tostring, 1) return foo"))
			.containsExactly("2:global-read!");
	}

	@Test
	void wherePcallIsPassedOnAnyFunctionMayBeCaught() {
		for (String script : List.of("local M = {try = pcall}\nlocal ok = M.try(function() return foo end)",
				"local M = {} M.try = pcall\nlocal ok = M.try(function() return foo end)",
				"local p = pcall or xpcall\nlocal ok = p(function() return foo end)",
				"local p p = pcall\nlocal ok = p(function() return foo end)",
				"local p = pcall local M = {try = p}\nlocal function f() return foo end local ok = M.try(f)",
				"local function run(with, f) return with(f) end\nreturn run(pcall, function() return foo end)",
				"local f = function() return foo end\nf = f or tostring return pcall(f)")) {
			assertThat(Check.brief(script)).as(script).hasSize(1).allMatch((found) -> found.endsWith(":global-read"));
		}
		assertThat(Check.brief("local M = {try = pcall}\nreturn foo")).containsExactly("2:global-read!");
		assertThat(Check.brief("local M = {try = pcall}\nlocal function f() return foo end return f()"))
			.containsExactly("2:global-read!");
	}

	@Test
	void whatACoroutineRaisesIsCaught() {
		assertThat(Check.brief("""
				local co = coroutine.create(function() return foo end)
				local ok = coroutine.resume(co)
				return 1
				""")).containsExactly("1:global-read");
		assertThat(Check.brief("""
				local function f() return foo end
				return coroutine.resume(coroutine.create(f)) and 1
				""")).containsExactly("1:global-read");
		assertThat(Check.brief("return coroutine.wrap(function() return foo end)()")).containsExactly("1:global-read!");
	}

	@Test
	void aFieldOfAGlobalThatDoesNotExistCannotBeAssigned() {
		for (String script : List.of("Utils.x = 5", "function Utils.trim(s) end", "function Utils:trim(s) end",
				"Utils[1] = 2", "Utils[ARGV[1]] = 2")) {
			List<Finding> findings = Check.findings(script);
			assertThat(Check.brief(findings)).as(script).containsExactly("1:global-read!");
			assertThat(findings.get(0).message()).contains("'Utils'");
			assertThat(findings.get(0).column()).isEqualTo(script.indexOf("Utils") + 1);
		}
		assertThat(Check.brief("KEYS[1] = 'x' ARGV.n = 1")).isEmpty();
		assertThat(Check.brief("redis.x = 1")).containsExactly("1:global-write!");
		ScriptChecker extended = ScriptChecker.builder().extraGlobals(List.of("Utils")).build();
		assertThat(extended.check(ScriptSource.of("x", "Utils.x = 5"), null)).isEmpty();
	}

	@Test
	void aGlobalIsOneFindingARule() {
		assertThat(Check.brief("local a = foo\nreturn foo")).containsExactly("1:global-read!");
		assertThat(Check.brief("x = 1\nx = 2\nreturn x")).containsExactly("1:global-write!");
		assertThat(Check.brief("function f(n) return f(n) end\nreturn f(1)")).containsExactly("1:global-write!");
		assertThat(Check.brief("x = 1 -- luascript:allow global-write\nreturn x")).containsExactly("2:global-read!");
	}

	@Test
	void whatIsCaughtDoesNotHideWhatIsNot() {
		assertThat(Check.brief("local ok = pcall(function() return foo end)\nreturn foo"))
			.containsExactly("1:global-read", "2:global-read!");
		assertThat(Check.brief("local ok = pcall(function() x = 1 end)\nx = 2")).containsExactly("1:global-write",
				"2:global-write!");
		assertThat(Check.brief("local ok = pcall(function() x = 1 end)\nreturn x")).containsExactly("1:global-write",
				"2:global-read!");
		assertThat(Check.brief("local a = foo\nlocal ok = pcall(function() return foo end)"))
			.containsExactly("1:global-read!");
		assertThat(Check.brief("local ok = pcall(function() local a = foo\nreturn foo end)"))
			.containsExactly("1:global-read");
	}

	@Test
	void aReadBeforeTheAssignmentIsWhereTheServerStops() {
		assertThat(Check.brief("if not count then\ncount = 1 end")).containsExactly("1:global-read!",
				"2:global-write!");
		assertThat(Check.brief("count = count + 1")).containsExactlyInAnyOrder("1:global-read!", "1:global-write!");
		assertThat(Check.brief("count = 1\ncount = count + 1")).containsExactly("1:global-write!");
	}

	@Test
	void aMissingEndIsSaidToBeMissing() {
		assertThat(hint("if x then\n  return 1\n")).isEqualTo("an 'end' is missing for the 'if' on line 1");
		assertThat(hint("local x\nfor i = 1, 2 do\n  break\n"))
			.isEqualTo("an 'end' is missing for the 'for' on line 2");
		assertThat(hint("local function f()\n  if a then\n  return 1\n  end\n"))
			.isEqualTo("an 'end' is missing for the 'function' on line 1");
		assertThat(hint("if x then return 1")).isEqualTo("an 'end' is missing for what is opened on line 1");
		assertThat(hint("while x do\n  local y = 1\n")).isEqualTo("an 'end' is missing for the 'while' on line 1");
		assertThat(hint("if x then\n  return 1\n  local y\nend")).contains("last statement");
	}

	@Test
	void migrateOfSeveralKeysHasThemAtItsEnd() {
		String migrate = "redis.call('MIGRATE', '127.0.0.1', 1, '', 0, 10, 'REPLACE', 'KEYS', ";
		assertThat(Check.brief(Check.cluster(migrate + "KEYS[1])"))).isEmpty();
		assertThat(Check.brief(Check.cluster(migrate + "unpack(KEYS))"))).isEmpty();
		List<Finding> findings = Check.cluster(migrate + "KEYS[1], 'b')");
		assertThat(Check.brief(findings)).containsExactly("1:undeclared-key!");
		assertThat(findings.get(0).message()).contains("'b'");
		assertThat(Check.brief(Check.cluster("redis.call('MIGRATE', '127.0.0.1', 1, 'a', 0, 10)")))
			.containsExactly("1:undeclared-key!");
	}

	@Test
	void everyFieldAndKeyHasAValue() {
		assertThat(Check.brief("redis.call('HSET', KEYS[1], 'a', 'b', 'c')")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.call('HMSET', KEYS[1], 'a', 'b', 'c')")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.call('MSET', KEYS[1], 'a', KEYS[2])")).containsExactly("1:arity!");
		assertThat(Check.brief("redis.pcall('MSETNX', KEYS[1], 'a', KEYS[2])")).containsExactly("1:arity");
		assertThat(Check.findings("redis.call('HSET', KEYS[1], 'a', 'b', 'c')").get(0).message())
			.isEqualTo("HSET takes a value for each field, and there is none for the last");
		assertThat(Check.brief("redis.call('HSET', KEYS[1], 'a', 'b', 'c', 'd')")).isEmpty();
		assertThat(Check.brief("redis.call('MSET', KEYS[1], 'a', KEYS[2], 'b')")).isEmpty();
		assertThat(Check.brief("redis.call('HSET', KEYS[1], 'a', 'b', unpack(ARGV))")).isEmpty();
		assertThat(Check.brief("redis.call('HSET', KEYS[1], 'a', ...)")).isEmpty();
	}

	@Test
	void pingTakesOneArgumentAtMost() {
		assertThat(Check.brief("return redis.call('PING', 'a', 'b')")).containsExactly("1:arity!");
		assertThat(Check.brief("return redis.call('PING', 'a', 'b', unpack(ARGV))")).containsExactly("1:arity!");
		assertThat(Check.brief("return redis.call('PING', 'a')")).isEmpty();
		assertThat(Check.brief("return redis.call('PING')")).isEmpty();
	}

	@Test
	void aScoreLosesItsFractionAlsoWithADefault() {
		String score = "redis.call('ZSCORE', KEYS[1], ARGV[1])";
		for (String script : List.of("return tonumber(" + score + ")", "return tonumber(" + score + " or '0')",
				"local s = tonumber(" + score + ") or 0 return s", "local s = " + score + " return tonumber(s) or 0",
				"local s = " + score + " or '0' return { 1, tonumber(s) }",
				"local r = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES') return tonumber(r[2])")) {
			assertThat(Check.brief(script)).as(script).containsExactly("1:return");
		}
		assertThat(Check.brief("return " + score + " or '0'")).isEmpty();
		assertThat(Check.brief("return tostring(tonumber(" + score + " or '0'))")).isEmpty();
		assertThat(Check.brief("local r = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES') return tonumber(r[1])"))
			.isEmpty();
	}

	@Test
	void aTimeThatIsWrittenAsAScoreHasNoFractionToLose() {
		assertThat(Check.brief("""
				local ts = tonumber(ARGV[1])
				redis.call('ZADD', KEYS[1], ts, ARGV[2])
				return { 1, ts }
				""")).isEmpty();
	}

	@Test
	void fractionsAreFoundInWhatIsCalculatedAndChosen() {
		for (String script : List.of("return -1.5", "return { -0.5 }", "return KEYS[1] and 1.5 or 0",
				"return 10 * 0.15", "return { KEYS[1] and 0.5 }", "local half = 0.5 return 1 + half",
				"return -(#KEYS / 2)", "local x = KEYS[1] and 1.5 or 2.5 return x", "return KEYS[1] and #KEYS / 2 or 0",
				"return { [1] = 1.5 }")) {
			assertThat(Check.brief(script)).as(script).containsExactly("1:return");
		}
		for (String script : List.of("return -1", "return 10 * 0.5", "return KEYS[1] and 1 or 0", "return 10 / 5",
				"return 1.5 > 1", "return math.floor(-1.5)", "return tostring(10 * 0.15)", "return 2 * #KEYS")) {
			assertThat(Check.brief(script)).as(script).isEmpty();
		}
	}

	@Test
	void namedFieldsAndNilAreFoundInWhatIsChosen() {
		assertThat(Check.brief("return KEYS[1]\nand { a = 1 }\nor { b = 2 }")).containsExactly("2:return", "3:return");
		assertThat(Check.brief("return { [1] = 'a', x = 'b' }")).containsExactly("1:return");
		assertThat(Check.brief("local miss = nil\nreturn { miss, 'miss' }")).containsExactly("2:return");
		assertThat(Check.brief("return KEYS[1] and { 'a' } or { ok = 'b' }")).isEmpty();
		assertThat(Check.brief("return { [1] = 'a', [2] = 'b' }")).isEmpty();
		assertThat(Check.brief("local miss = nil\nmiss = KEYS[1]\nreturn { miss, 'miss' }")).isEmpty();
	}

	@Test
	@Timeout(20)
	void variablesMadeOfOthersTwiceAreNotFollowedForEver() {
		for (String twice : List.of(" + ", " or ", " / ")) {
			StringBuilder script = new StringBuilder("local v0 = 1\n");
			for (int i = 1; i < 100; i++) {
				script.append("local v%s = v%s%sv%s\n".formatted(i, i - 1, twice, i - 1));
			}
			script.append("return tonumber(v99) or v99\n");
			assertThat(Check.brief(script.toString())).as(twice).hasSizeLessThan(2);
		}
	}

	@Test
	void onlyKeysThatArePutTogetherAreCalledSo() {
		String script = "-- luascript:allow no-keys\nlocal function get(k) return redis.call('GET', k) end\nreturn get('a')";
		assertThat(Check.findings(script).get(0).message())
			.isEqualTo("the key that is a literal is not declared in KEYS");
		assertThat(Check.cluster(script).get(0).message()).startsWith("the key that is a literal is not declared:");
		assertThat(Check.findings("local k = KEYS[1]\nif not k then k = '' end\nreturn redis.call('GET', k)")
			.get(0)
			.message()).isEqualTo("the key that may be a literal is not declared in KEYS");
		assertThat(Check.cluster("-- luascript:allow no-keys\nreturn redis.call('GET', 'a' .. 'b')").get(0).message())
			.startsWith("the key that is put together from literals is not declared:");
		assertThat(Check.cluster("-- luascript:allow no-keys\nlocal k = 'a'\nreturn redis.call('GET', k)")
			.get(0)
			.message()).startsWith("the key 'a' is not declared:");
	}

	@Test
	void aComputedSubcommandIsRefusedWhereAllAre() {
		for (String command : List.of("CONFIG", "CLIENT", "SCRIPT", "ACL")) {
			assertThat(Check.brief("return redis.call('" + command + "', ARGV[1], 'x')")).as(command)
				.containsExactly("1:noscript!");
			assertThat(Check.brief("return redis.call('" + command + "', ARGV[1])")).as(command).isEmpty();
			assertThat(Check.brief("return redis.call('" + command + "', unpack(ARGV))")).as(command).isEmpty();
		}
		assertThat(Check.brief("return redis.call('OBJECT', ARGV[1], KEYS[1])")).isEmpty();
		assertThat(Check.brief("return redis.call('XGROUP', ARGV[1], KEYS[1])")).isEmpty();
	}

	@Test
	void commentsOfMoreDashesSuppressAndLongOnesDoNot() {
		assertThat(Check.brief("redis.call('GET', 'a') --- luascript:allow undeclared-key")).isEmpty();
		assertThat(Check.brief("local a = 1\n---- luascript:allow return\nreturn 1.5")).isEmpty();
		assertThat(Check.brief("local a = 1\nreturn 1.5 --[[ luascript:allow return ]]")).containsExactly("2:return");
	}

}
