package io.github.redislua.lint;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.redislua.lint.ReturnType.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Java longs that become numbers in the script.
 */
class PrecisionTests {

	private static final ReturnType LONG = ReturnType.of(Kind.INTEGER, false);

	private static final MethodContract FIND = new MethodContract("Orders.find(long,int)", Count.exactly(1),
			Count.exactly(2), false, LONG)
		.withLongs(Set.of(1));

	@Test
	void anIdThatIsReturnedAsANumber() {
		List<Finding> findings = Check.contract("""
				local id = tonumber(ARGV[1])
				redis.call('SET', KEYS[1], ARGV[2])
				return id
				""", FIND);
		assertThat(Report.of(findings).toString()).isEqualTo(
				"""
						test.lua:3:8: warning: ARGV[1] is a 64-bit integer of Orders.find(long,int), but in the reply a number is exact to 2^53 only [precision]
						   3 | return id
						     |        ^~
						     = use ARGV[1] itself here, without tonumber: it is text and keeps all digits""");
	}

	@Test
	void anIdThatBecomesTextAgain() {
		for (String script : List.of("redis.call('SADD', KEYS[1], 'order:' .. tonumber(ARGV[1]))",
				"local id = tonumber(ARGV[1] or '0')\nredis.call('SADD', KEYS[1], id .. ':' .. ARGV[2])",
				"local id = ARGV[1] + 0\nredis.call('SADD', KEYS[1], tostring(id))",
				"local raw = ARGV[1]\nlocal id = tonumber(raw)\nredis.call('SADD', KEYS[1], string.format('%d', id))",
				"redis.call('SET', KEYS[1], cjson.encode({ order = { id = tonumber(ARGV[1]) } }))",
				"local t = cjson.decode(redis.call('GET', KEYS[1]))\nt.id = tonumber(ARGV[1])\n"
						+ "redis.call('SET', KEYS[1], cjson.encode(t))",
				"local ids = {}\nids[#ids + 1] = tonumber(ARGV[1])\nredis.call('SET', KEYS[1], cjson.encode(ids))")) {
			assertThat(precision(script + "\nreturn 1", FIND)).as(script).hasSize(1);
		}
	}

	@Test
	void whatIsExactIsNoFinding() {
		for (String script : List.of("return ARGV[1]", "return tonumber(ARGV[2])",
				"redis.call('SADD', KEYS[1], 'order:' .. ARGV[1]) return 1",
				"redis.call('SET', KEYS[1], cjson.encode({ id = ARGV[1] })) return 1",
				"if tonumber(ARGV[1]) > 10 then return 1 end return 0",
				"redis.call('INCRBY', KEYS[1], tonumber(ARGV[1])) return 1",
				"local limit = tonumber(ARGV[1])\nif redis.call('INCR', KEYS[1]) > limit then return limit end return 0",
				"local now = tonumber(ARGV[1])\nredis.call('ZADD', KEYS[1], now, now .. ':' .. ARGV[2]) return now")) {
			assertThat(precision(script, FIND)).as(script).isEmpty();
		}
		String text = "return 'order:' .. tonumber(ARGV[1])";
		assertThat(precision(text, FIND.withLongs(Set.of()))).isEmpty();
		assertThat(precision(text, FIND.returning(ReturnType.ANY))).hasSize(1);
		assertThat(precision("return tonumber(ARGV[1])", FIND.returning(ReturnType.ANY))).isEmpty();
	}

	@Test
	void elementsOfARecordAreReturnedToo() {
		String script = "local id = tonumber(ARGV[1])\nreturn { ARGV[2], id }";
		ReturnType text = ReturnType.of(Kind.TEXT, true);
		assertThat(precision(script, FIND.returning(ReturnType.record(List.of(text, LONG), true)))).hasSize(1);
		assertThat(precision(script, FIND.returning(ReturnType.list(LONG, true)))).hasSize(1);
		assertThat(precision(script, FIND.returning(ReturnType.list(ReturnType.ANY, true)))).isEmpty();
	}

	private static List<Finding> precision(String script, MethodContract contract) {
		return Check.contract(script, contract).stream().filter((found) -> found.rule() == Rule.PRECISION).toList();
	}

}
