package io.github.redislua.lint;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script against its method.
 */
class ContractTests {

	private static final MethodContract TWO = MethodContract.of("RateLimits.tryAcquire(String,int,int)", 1, 2);

	@Test
	void readingMoreThanIsSuppliedIsAnErrorInTheFormOfTheBestCompilers() {
		String script = "local key, limit, window = KEYS[1], ARGV[1], ARGV[2]\n".repeat(6)
				+ "         local now = tonumber(ARGV[4])\n";
		List<Finding> findings = ScriptChecker.create().check(ScriptSource.of("lua/rate.lua", script)).against(TWO);
		assertThat(Report.of(findings).toString()).isEqualTo(
				"""
						lua/rate.lua:7:31: error: script reads ARGV[4], but RateLimits.tryAcquire(String,int,int) supplies 2 arguments [count]
						   7 | local now = tonumber(ARGV[4])
						     |                      ^~~~~~~
						     = if it is optional, write 'ARGV[4] or default'""");
	}

	@Test
	void whatIsOptionalOrVariadicIsNoError() {
		String start = "local a, b = KEYS[1] .. ARGV[1], ARGV[2]\n";
		for (String script : List.of("local x = ARGV[3] or 1", "if ARGV[3] then return ARGV[3] end",
				"local x = ARGV[3]\nif x then return x end", "local x = tonumber(ARGV[3])\nreturn x or 1",
				"if not ARGV[3] then return 1 end", "if ARGV[3] ~= nil then return ARGV[3] end",
				"if nil == ARGV[3] then return 1 end", "if b == '1' and ARGV[3] then return 1 end",
				"local x = tonumber(ARGV[3] or '1')",
				"local x = tonumber(ARGV[3])\nlocal y = x\nwhile y do return 1 end", "local n = #ARGV\nreturn ARGV[3]",
				"for i = 1, 9 do local v = ARGV[i] end return ARGV[3]",
				"local function f(v) return v or 1 end\nreturn f(ARGV[3])")) {
			assertThat(Check.brief(Check.contract(start + script, TWO))).as(script).isEmpty();
		}
		for (String script : List.of("return ARGV[3]", "if ARGV[3] == 'x' then return 1 end",
				"local x = tonumber(ARGV[3])\nif x > 1 then return 1 end", "return KEYS[2]")) {
			assertThat(Check.brief(Check.contract(start + script, TWO))).as(script).containsExactly("2:count!");
		}
	}

	@Test
	void aSpreadParameterSuppliesAnyNumber() {
		MethodContract spread = MethodContract.of("A.b(List)", Count.atLeast(0), Count.atLeast(1));
		assertThat(Check.contract("return KEYS[5] .. ARGV[9]", spread)).isEmpty();
		MethodContract optional = MethodContract.of("A.b(String,Integer)", Count.exactly(1), Count.between(1, 2));
		assertThat(Check.contract("return KEYS[1] .. ARGV[1] .. (ARGV[2] or '')", optional)).isEmpty();
		assertThat(Check.brief(Check.contract("return KEYS[1] .. ARGV[1] .. ARGV[2] .. ARGV[3]", optional)))
			.containsExactly("1:count!");
	}

	@Test
	void supplyingMoreThanIsReadIsAWarning() {
		List<Finding> findings = Check.contract("return redis.call('GET', KEYS[1])", TWO);
		assertThat(Check.brief(findings)).containsExactly("1:unused");
		assertThat(findings.get(0).message()).isEqualTo("RateLimits.tryAcquire(String,int,int) supplies 2 arguments, "
				+ "but the script never reads ARGV[1], ARGV[2]");
		assertThat(Check.contract("return redis.call('DEL', unpack(KEYS), ARGV[1], ARGV[2])", TWO)).isEmpty();
	}

	@Test
	void factsSayWhatTheScriptReads() {
		ScriptFacts facts = Check.facts("""
				#!lua flags=no-writes
				local limit = tonumber(ARGV[3] or 10)
				return redis.call('HGET', KEYS[2], ARGV[1])
				""");
		assertThat(facts.isParsed()).isTrue();
		assertThat(facts.flags()).containsExactly("no-writes");
		assertThat(facts.keys()).isEqualTo(new ScriptFacts.Reads(2, 2, false));
		assertThat(facts.arguments()).isEqualTo(new ScriptFacts.Reads(3, 1, false));
		assertThat(facts.commands()).containsExactly("HGET");
		assertThat(facts.isProvenReadOnly()).isTrue();
		assertThat(Check.facts("redis.call(ARGV[1])").isProvenReadOnly()).isFalse();
		assertThat(Check.facts("redis.call('NOSUCH', KEYS[1])").isProvenReadOnly()).isFalse();
		assertThat(Check.facts("redis.call('SORT', KEYS[1])").isProvenReadOnly()).isFalse();
		assertThat(Check.facts("x = ").isParsed()).isFalse();
	}

}
