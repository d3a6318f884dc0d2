package io.github.redislua.lint;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.redislua.lint.ReturnType.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a script returns against what the method returns.
 */
class ReplyTests {

	private static final ReturnType LONG = ReturnType.of(Kind.INTEGER, false);

	private static final ReturnType BOOLEAN = ReturnType.of(Kind.BOOLEAN, true);

	private static final ReturnType TEXT = ReturnType.of(Kind.TEXT, true);

	private static final ReturnType ALLOWED = ReturnType.record(List.of(BOOLEAN), true);

	private static final ReturnType DECISION = ReturnType.record(List.of(BOOLEAN, LONG), true);

	@Test
	void moreElementsThanTheRecordHasComponentsIsAnErrorAtThatReturn() {
		List<Finding> findings = check("""
				local count = redis.call('INCR', KEYS[1])
				if count > 10 then
				  return { 0 }
				end
				return { 1, 10 - count }
				""", ALLOWED);
		assertThat(Report.of(findings).toString()).isEqualTo(
				"""
						test.lua:5:8: error: script returns 2 elements here, but the record that A.b() returns has 1 component [reply]
						   5 | return { 1, 10 - count }
						     |        ^~~~~~~~~~~~~~~~~
						     = return one element per component, in the order of the record""");
	}

	@Test
	void everyReturnThatDoesNotFitIsFound() {
		assertThat(brief("if redis.call('EXISTS', KEYS[1]) == 1 then return 1 end\nreturn { 1 }", LONG))
			.containsExactly("2:reply!");
		assertThat(brief("if redis.call('EXISTS', KEYS[1]) == 1 then return { 1 } end\nreturn 'no'", LONG))
			.containsExactly("1:reply!", "2:reply!");
		assertThat(brief(
				"local function f()\n  return {}\nend\nif redis.call('DBSIZE') > 1 then return 1 end return f()", LONG))
			.containsExactly("2:reply!");
		assertThat(brief("local a = 1", LONG)).containsExactly("1:reply!");
		assertThat(brief("return", LONG)).containsExactly("1:reply!");
	}

	@Test
	void listsForScalarsAndScalarsForLists() {
		assertThat(message("return { 1 }", LONG)).isEqualTo("script returns a list here, but A.b() returns an integer");
		assertThat(message("return redis.call('LRANGE', KEYS[1], 0, -1)", TEXT)).contains("a list here");
		assertThat(message("local r = {}\nfor i = 1, 3 do r[#r + 1] = i end\nreturn r", BOOLEAN)).contains("a list");
		assertThat(message("return redis.call('INCR', KEYS[1])", ReturnType.list(LONG, true)))
			.isEqualTo("script returns an integer here, but A.b() returns a list");
		assertThat(message("return 1", DECISION)).contains("an integer here");
		assertThat(message("return { 1 }", ReturnType.of(Kind.JSON, true))).contains("JSON text");
		assertThat(message("return redis.call('HGET', KEYS[1], 'a') or {}", TEXT)).contains("a list here");
	}

	@Test
	void textThatIsNoNumber() {
		assertThat(message("return 'denied'", LONG))
			.isEqualTo("script returns a string ('denied') here, but A.b() returns an integer");
		assertThat(message("return redis.call('SET', KEYS[1], 'x')", LONG)).contains("a status ('OK') here");
		assertThat(message("return 'none'", ReturnType.of(Kind.DECIMAL, false))).contains("a decimal number");
		assertThat(message("return 2", BOOLEAN)).contains("a boolean");
		for (String fitting : List.of("return '12'", "return '-3'", "return tostring(1)", "return ARGV[1]",
				"return redis.call('GET', KEYS[1])", "return 1.5", "return true", "return { ok = '5' }")) {
			assertThat(brief(fitting, LONG)).as(fitting).isEmpty();
		}
		assertThat(brief("return 'inf'", ReturnType.of(Kind.DECIMAL, false))).isEmpty();
	}

	@Test
	void whatIsInsideAList() {
		assertThat(message("return { 1, false }", DECISION)).isEqualTo(
				"script returns nil as element 2 here, but component 2 of the record that A.b() returns is an integer");
		assertThat(message("return { false, 1 }", DECISION)).isNull();
		assertThat(message("return { 1, 'soon' }", DECISION)).contains("a string ('soon') as element 2");
		assertThat(message("return { 1 }", DECISION)).isEqualTo(
				"script returns 1 element here, but component 2 of the record that A.b() returns is an integer and cannot be missing");
		assertThat(message("return { false }", ReturnType.list(LONG, true))).isEqualTo(
				"script returns nil as element 1 here, but an element of the list that A.b() returns is an integer");
		assertThat(message("return { { 1, 2 }, { 1, {} } }", ReturnType.list(DECISION, true)))
			.isEqualTo("script returns a list as element 2 in element 2 here, "
					+ "but component 2 of the record that A.b() returns is an integer");
		assertThat(message("return { { 1, 2, 3 } }", ReturnType.list(DECISION, true))).isEqualTo(
				"script returns 3 elements in element 1 here, but the record that A.b() returns has 2 components");
	}

	@Test
	void anErrorReplyIsNoReply() {
		for (String error : List.of("return { err = 'DENIED no' }", "return redis.error_reply('DENIED no')",
				"local e = { err = 'X' }\nreturn e", "error('X')",
				"if redis.call('DBSIZE') > 1 then return redis.error_reply('X') end return 1",
				"local r = redis.pcall('INCR', KEYS[1])\nreturn r")) {
			assertThat(brief(error, LONG)).as(error).isEmpty();
		}
	}

	@Test
	void whatIsNotCertainIsNoError() {
		for (String unknown : List.of("return cjson.decode(ARGV[1])", "return redis.call(ARGV[1], KEYS[1])",
				"redis.setresp(3)\nreturn redis.call('HGETALL', KEYS[1])", "local r = {}\nfill(r)\nreturn r",
				"local r = {}\nr.ok = 'x'\nreturn r", "local r = {}\nr[ARGV[1]] = '7'\nreturn r",
				"local function f(v) return v end\nreturn f({})", "local r = {}\nlocal s = r\ns.ok = '1'\nreturn r",
				"local a, b = unpack(KEYS)\nreturn b",
				"local v = { 1 }\nif redis.call('DBSIZE') > 1 then v = 2 end return v",
				"local f = setmetatable({}, {})\nreturn f .. 'x'", "return redis.call('INCR', KEYS[1]) or nil",
				"return { [ARGV[1]] = '1' }", "local x = nil\nx = x or 1\nreturn x", "return { double = 1.5 }")) {
			assertThat(Check.contract(unknown, contract(LONG))).as(unknown)
				.noneMatch((finding) -> finding.rule() == Rule.REPLY);
		}
		assertThat(brief("local a = tonumber(ARGV[1])\nreturn { 1, a }", ALLOWED)).containsExactly("2:reply");
		assertThat(brief("return { 1, nil, 3 }", ALLOWED)).isEmpty();
		assertThat(brief("return { 1, unpack(redis.call('TIME')) }", DECISION)).isEmpty();
		assertThat(brief("return { 1, redis.call('GET', KEYS[1]) or nil }", DECISION)).isEmpty();
	}

	@Test
	void aScriptThatAsksWhatItIsCalledForMayReturnMoreThanOneMethodTakes() {
		for (String script : List.of("if ARGV[1] == 'list' then return {} end return 1",
				"if tonumber(ARGV[1]) == 2 then return {} end return 1", "if ARGV[1] then return {} end return 1",
				"if #KEYS > 1 then return {} end return 1",
				"if redis.call('TYPE', KEYS[1]).ok == 'list' then return {} end return 1",
				"local function f(list) if list then return {} end return 1 end return f(false)",
				"return redis.call('DBSIZE') > 1 and {} or 1")) {
			assertThat(brief(script, LONG)).as(script).containsExactly("1:reply");
		}
	}

	private static List<Finding> check(String script, ReturnType type) {
		return Check.contract(script, contract(type));
	}

	private static MethodContract contract(ReturnType type) {
		return new MethodContract("A.b()", Count.atLeast(0), Count.atLeast(0), false, type);
	}

	private static List<String> brief(String script, ReturnType type) {
		return Check.brief(check(script, type));
	}

	private static String message(String script, ReturnType type) {
		List<Finding> findings = check(script, type);
		assertThat(findings).as(script).hasSizeLessThan(2);
		return findings.isEmpty() ? null : findings.get(0).message();
	}

}
