package io.github.redislua.lint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever comes in: an error with a position, or none.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RobustnessTests {

	@Test
	void randomBytesAreAnErrorWithAPosition() {
		Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = new byte[random.nextInt(200)];
			random.nextBytes(bytes);
			check(bytes);
		}
		byte[] large = new byte[1_000_000];
		random.nextBytes(large);
		assertThat(check(large)).isNotEmpty();
	}

	@Test
	void aMegabyteOfNestingIsAnError() {
		for (String open : List.of("(", "{", "[", "f(", "do ", "function() ", "if a then ", "not ", "- ", "a[", "{{",
				"repeat ", "[[", "--[[", "local function f() ", "a.b(", "'", "\\", "x = {", "while a do ", "a and (",
				"return function() ", "1 .. ", "2 ^ ")) {
			for (String start : List.of("", "return ", "local x = ")) {
				List<Finding> findings = check(start + open.repeat(1_000_000 / open.length()));
				assertThat(findings).as(start + open).isNotEmpty();
				assertThat(findings.get(0).line()).isPositive();
				assertThat(findings.get(0).column()).isPositive();
			}
		}
	}

	@Test
	void longChainsDoNotOverflowTheStack() {
		for (String script : List.of("return 1" + " + 1".repeat(250_000), "return a" + ".b".repeat(250_000),
				"return a" + "()".repeat(250_000), "return a" + "[1]".repeat(250_000),
				"return a" + ":b()".repeat(100_000), "return 1" + " == 1".repeat(100_000),
				"return 1" + " or 1".repeat(100_000), "return KEYS[1]" + " and KEYS[1]".repeat(100_000),
				"return a" + "''".repeat(250_000), "if a then" + " elseif b then".repeat(50_000) + " end",
				"return " + "a,".repeat(200) + "a", "local x = 1\n" + "x = x\n".repeat(100_000) + "return x",
				"local a0 = KEYS[1] " + chain(190) + "return redis.call('GET', a190)", "x.y = 1 ".repeat(100_000),
				"return redis.call('SET', 'a' .. " + "'b' .. ".repeat(180) + "'c', 1)")) {
			check(script);
		}
	}

	@Test
	void manyCallsOfManyFunctionsDoNotMultiply() {
		StringBuilder script = new StringBuilder("local f0 = function(k) return redis.call('GET', k) end\n");
		for (int i = 1; i < 150; i++) {
			script.append("local function f").append(i).append("(k)\n");
			script.append("f").append(i - 1).append("(k) f").append(i - 1).append("(k .. k)\nend\n");
		}
		script.append("f149('x') f149(KEYS[1])\n");
		check(script.toString());
	}

	@Test
	void whatIsCaughtIsFoundInAnySize() {
		check("pcall(function() return foo end)\n".repeat(100_000));
		check("pcall(function() ".repeat(90) + "return foo " + "end) ".repeat(90));
		check("local t = {}\n" + "t.f = function() return foo end pcall(t.f)\n".repeat(100_000));
		StringBuilder script = new StringBuilder("local f0 = function() return foo end\n");
		for (int i = 1; i < 190; i++) {
			script.append("local function f").append(i).append("() return f").append(i - 1).append("() end\n");
		}
		check(script.append("pcall(f189)").toString());
		check("local function f() return pcall(f) end\n".repeat(100) + "return f() or pcall(pcall, f)");
	}

	@Test
	void largeFilesAreRead() {
		String line = "redis.call('SET', KEYS[1], 'value') -- and a comment behind it\n";
		assertThat(check(line.repeat(10_000_000 / line.length()))).isEmpty();
		check("x".repeat(10_000_000));
		check("return '" + "x".repeat(10_000_000));
		check("-- " + "x".repeat(10_000_000));
		check("\n".repeat(10_000_000) + "!");
		check("return {" + "1,".repeat(2_000_000) + "}");
		check("x = 1\n".repeat(500_000));
	}

	@Test
	void columnsCountCharacters() {
		Finding finding = check("local s = '\u00e4\u20ac\ud83d\ude00' .. foo").get(0);
		assertThat(finding.column()).isEqualTo(20);
		assertThat(finding.toString()).contains("\n     |                    ^~~");
		assertThat(check("\tif foo then end").get(0).toString()).contains("   1 | if foo then end\n     |    ^~~");
	}

	private static String chain(int n) {
		StringBuilder result = new StringBuilder();
		for (int i = 1; i <= n; i++) {
			result.append("local a").append(i).append(" = a").append(i - 1).append(' ');
		}
		return result.toString();
	}

	private static List<Finding> check(String script) {
		return check(script.getBytes(StandardCharsets.UTF_8));
	}

	private static List<Finding> check(byte[] script) {
		ScriptCheck check = ScriptChecker.builder().cluster(true).build().check(ScriptSource.of("x.lua", script));
		check.against(MethodContract.of("A.b()", 1, 1).returning(ReturnType.record(2, false)));
		check.facts();
		Report report = Report.of(check.findings());
		assertThat(report.toString().length()).isLessThan(5_000_000);
		return check.findings();
	}

}
