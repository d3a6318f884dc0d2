package io.github.redislua.tests;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * The replies that only a script with {@code redis.setresp(3)} gives, and that only a
 * connection in RESP3 shows as they are: on one in RESP2 the server writes the same
 * script's replies in the old forms.
 */
class Resp3ReplyTests {

	private static LocalRedis redis;

	private static Wires wires;

	@BeforeAll
	static void connect() {
		redis = LocalRedis.start();
		wires = new Wires(redis);
	}

	@AfterAll
	static void disconnect() throws Exception {
		wires.close();
		redis.close();
	}

	@ParameterizedTest
	@Resp3
	void aMapIsAMapInTheOrderOfTheServer(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.map("{map={a=1}}")).containsExactly(entry("a", 1L));
		assertThat(replies.map("{map={}}")).isEmpty();
		assertThat(replies.map("{map={a=1,b=2,c=3}}")).containsOnly(entry("a", 1L), entry("b", 2L), entry("c", 3L));
		assertThat(replies.neutral("{map={a=1}}")).isEqualTo(Map.of("a", 1L));
	}

	@ParameterizedTest
	@Resp3
	void whatRedisAnswersToAScriptAsAMapIsOne(Wire wire) {
		redis.execute("DEL", "user:7");
		redis.execute("HSET", "user:7", "id", "7", "name", "Ada");
		Replies replies = replies(wire);
		assertThat(replies.textMap("redis.call('HGETALL','user:7')")).containsExactly(entry("id", "7"),
				entry("name", "Ada"));
		assertThat(replies.personByName("redis.call('HGETALL','user:7')")).isEqualTo(new Person(7, "Ada"));
		assertThat(replies.textMap("redis.call('HGETALL','nobody')")).isEmpty();
	}

	@ParameterizedTest
	@Resp3
	void aMapIsARecordByName(Wire wire) {
		assertThat(replies(wire).personByName("{map={name='Ada',id=7,other=true}}")).isEqualTo(new Person(7, "Ada"));
	}

	@ParameterizedTest
	@Resp3
	void aMapIsNoListAndNoRecordByPosition(Wire wire) {
		Replies replies = replies(wire);
		assertMismatch(() -> replies.numbers("{map={a=1}}"),
				"expected List<Long> but got map of 1 entry, which only a Map or a record takes");
		assertMismatch(() -> replies.person("{map={id=7,name='Ada'}}"), "expected record Person(long id, String name) "
				+ "but got map of 2 entries, which needs reply = ReplyFormat.MAP");
		assertMismatch(() -> replies.text("{map={a=1}}"), "expected String but got map of 1 entry");
		assertMismatch(() -> replies.integer("{map={a=1}}"), "expected long but got map of 1 entry");
	}

	@ParameterizedTest
	@Resp3
	void mapsAreNested(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.mapOfMaps("{map={a={map={x=1}}}}")).isEqualTo(Map.of("a", Map.of("x", 1L)));
		assertThat(replies.listOfMaps("{{map={x=1}},{map={}},{map={y=2}}}")).containsExactly(Map.of("x", 1L), Map.of(),
				Map.of("y", 2L));
		assertThat(replies.mapOfLists("{map={a={1,2},b={}}}")).isEqualTo(Map.of("a", List.of(1L, 2L), "b", List.of()));
		assertThat(replies.neutral("{map={a={map={x={1,{map={}}}}}}}"))
			.isEqualTo(Map.of("a", Map.of("x", List.of(1L, Map.of()))));
	}

	@ParameterizedTest
	@Resp3
	void theFieldsOfAMapNeedNotBeText(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.namesOfNumbers("{map={[7]='seven'}}")).containsExactly(entry(7L, "seven"));
		assertThat(replies.map("{map={[7]=1}}")).containsExactly(entry("7", 1L));
		assertThat(replies.neutral("{map={[7]='seven'}}")).isEqualTo(Map.of(7L, "seven"));
	}

	@ParameterizedTest
	@Resp3
	void aDoubleIsANumberWithAFraction(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.fraction("{double=3.99}")).isEqualTo(3.99);
		assertThat(replies.single("{double=0.5}")).isEqualTo(0.5f);
		assertThat(replies.decimal("{double=0.1}")).isEqualTo(new BigDecimal("0.1"));
		assertThat(replies.maybeFraction("{double=0.25}")).hasValue(0.25);
		assertThat(replies.fraction("{double=1e300}")).isEqualTo(1e300);
		assertThat(replies.neutral("{double=3.99}")).isEqualTo(3.99);
		assertThat(replies.neutral("{double=3}")).isEqualTo(3.0);
	}

	@ParameterizedTest
	@Resp3
	void infinityIsADoubleToo(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.fraction("{double=1/0}")).isEqualTo(Double.POSITIVE_INFINITY);
		assertThat(replies.fraction("{double=-1/0}")).isEqualTo(Double.NEGATIVE_INFINITY);
		assertMismatch(() -> replies.decimal("{double=1/0}"), "expected BigDecimal but got double Infinity");
	}

	@ParameterizedTest
	@Resp3
	void aDoubleIsNoIntegerAndNoText(Wire wire) {
		Replies replies = replies(wire);
		assertMismatch(() -> replies.integer("{double=3.99}"), "expected long but got double 3.99");
		assertMismatch(() -> replies.integer("{double=3}"), "expected long but got double 3.0");
		assertMismatch(() -> replies.text("{double=3.5}"), "expected String but got double 3.5");
		assertMismatch(() -> replies.flag("{double=1}"), "expected boolean but got double 1.0");
		assertMismatch(() -> replies.single("{double=1e300}"),
				"expected float but got double 1.0E300, which overflows float");
	}

	@ParameterizedTest
	@Resp3
	void aScoreIsADouble(Wire wire) {
		redis.execute("ZADD", "scores", "1.5", "ada");
		assertThat(replies(wire).fraction("redis.call('ZSCORE','scores','ada')")).isEqualTo(1.5);
	}

	@ParameterizedTest
	@Resp3
	void aBooleanIsOne(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.flag("true")).isTrue();
		assertThat(replies.flag("false")).isFalse();
		assertThat(replies.boxedFlag("true")).isTrue();
		assertThat(replies.boxedFlag("false")).isFalse();
		assertThat(replies.neutral("true")).isEqualTo(true);
		assertThat(replies.neutral("false")).isEqualTo(false);
		assertThat(replies.flags("{true,false,true}")).containsExactly(true, false, true);
	}

	@ParameterizedTest
	@Resp3
	void aBooleanIsNoNumberAndNoText(Wire wire) {
		Replies replies = replies(wire);
		assertMismatch(() -> replies.integer("true"), "expected long but got boolean true");
		assertMismatch(() -> replies.text("false"), "expected String but got boolean false");
		assertMismatch(() -> replies.numbers("{1,false}"),
				"expected element 2 of List<Long>: long but got boolean false");
	}

	@ParameterizedTest
	@Resp3
	void aBigNumberIsAnInteger(Wire wire) {
		Replies replies = replies(wire);
		String huge = "{big_number='12345678901234567890123'}";
		assertThat(replies.huge(huge)).isEqualTo(new BigInteger("12345678901234567890123"));
		assertThat(replies.decimal(huge)).isEqualTo(new BigDecimal("12345678901234567890123"));
		assertThat(replies.text(huge)).isEqualTo("12345678901234567890123");
		assertThat(replies.neutral(huge)).isEqualTo(new BigInteger("12345678901234567890123"));
		assertThat(replies.integer("{big_number='-42'}")).isEqualTo(-42);
		assertMismatch(() -> replies.integer(huge),
				"expected long but got big number 12345678901234567890123, which overflows long");
		assertMismatch(() -> replies.fraction(huge),
				"expected double but got big number 12345678901234567890123, which double cannot hold exactly");
	}

	@ParameterizedTest
	@Resp3
	void aSetIsASetOrAList(Wire wire) {
		redis.execute("SADD", "colours", "red");
		Replies replies = replies(wire);
		assertThat(replies.distinct("{set={a=true,b=true}}")).containsExactlyInAnyOrder("a", "b");
		assertThat(replies.texts("{set={a=true}}")).containsExactly("a");
		assertThat(replies.distinct("{set={}}")).isEmpty();
		assertThat(replies.distinct("redis.call('SMEMBERS','colours')")).containsExactly("red");
		assertThat(replies.neutral("{set={a=true}}")).isEqualTo(List.of("a"));
	}

	@ParameterizedTest
	@Resp3
	void nullIsNil(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.text("nil")).isNull();
		assertThat(replies.maybe("nil")).isEmpty();
		assertThat(replies.flag("nil")).isFalse();
		assertThat(replies.neutral("redis.call('GET','nobody')")).isNull();
		// What is false in a script without setresp(3) is nil in one with it, and a table
		// ends at its first nil.
		assertThat(replies.texts("redis.call('MGET','nobody','nobody')")).isEmpty();
		assertMismatch(() -> replies.integer("nil"), "expected long but got nil");
	}

	@ParameterizedTest
	@Resp3
	void statusAndErrorAreAsEver(Wire wire) {
		Replies replies = replies(wire);
		assertThat(replies.flag("{ok='OK'}")).isTrue();
		assertThat(replies.text("{ok='QUEUED'}")).isEqualTo("QUEUED");
		assertThatExceptionOfType(LuaScriptExecutionException.class).isThrownBy(() -> replies.text("{err='BROKEN so'}"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("BROKEN"));
	}

	@ParameterizedTest
	@Resp3
	void anErrorInsideAMapOrAnArrayIsRaisedAndTheConnectionStaysUsable(Wire wire) {
		Replies replies = replies(wire);
		for (String reply : List.of("{map={a={err='BROKEN so'},b=2}}", "{1,{err='BROKEN so'},3}",
				"{{map={a={1,{err='BROKEN so'}},b={2}}},4}")) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(LuaScriptExecutionException.class).as(reply)
					.isThrownBy(() -> replies.neutral(reply))
					.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("BROKEN"));
				assertThat(replies.integer("7")).isEqualTo(7);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LETTUCE_RESP2", "JEDIS_RESP2" })
	void onAConnectionInResp2TheServerWritesTheOldForms(Wire wire) {
		redis.execute("DEL", "user:7");
		redis.execute("HSET", "user:7", "id", "7", "name", "Ada");
		Replies replies = replies(wire);
		assertThat(replies.map("{map={a=1}}")).containsExactly(entry("a", 1L));
		assertThat(replies.personByName("redis.call('HGETALL','user:7')")).isEqualTo(new Person(7, "Ada"));
		assertThat(replies.fraction("{double=3.99}")).isEqualTo(3.99);
		assertThat(replies.flag("true")).isTrue();
		assertThat(replies.flag("false")).isFalse();
		assertThat(replies.distinct("{set={a=true}}")).containsExactly("a");
		assertThat(replies.huge("{big_number='12345678901234567890123'}"))
			.isEqualTo(new BigInteger("12345678901234567890123"));
		assertThat(replies.text("nil")).isNull();
		assertThat(replies.text("{verbatim_string={format='txt',string='hello'}}")).isEqualTo("hello");
	}

	private static Replies replies(Wire wire) {
		return wires.create(wire, Replies.class);
	}

	private static void assertMismatch(Runnable call, String message) {
		assertThatExceptionOfType(LuaScriptReplyException.class).isThrownBy(call::run).withMessageEndingWith(message);
	}

	@EnumSource(value = Wire.class, names = { "LETTUCE_RESP3", "JEDIS_RESP3" })
	@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
	@interface Resp3 {

	}

	record Person(long id, String name) {

	}

	interface Replies {

		String SCRIPT = "redis.setresp(3) return assert(loadstring('return ' .. ARGV[1]))()";

		@LuaScript(source = SCRIPT)
		boolean flag(String reply);

		@LuaScript(source = SCRIPT)
		Boolean boxedFlag(String reply);

		@LuaScript(source = SCRIPT)
		long integer(String reply);

		@LuaScript(source = SCRIPT)
		BigInteger huge(String reply);

		@LuaScript(source = SCRIPT)
		float single(String reply);

		@LuaScript(source = SCRIPT)
		double fraction(String reply);

		@LuaScript(source = SCRIPT)
		OptionalDouble maybeFraction(String reply);

		@LuaScript(source = SCRIPT)
		BigDecimal decimal(String reply);

		@LuaScript(source = SCRIPT)
		String text(String reply);

		@LuaScript(source = SCRIPT)
		Optional<String> maybe(String reply);

		@LuaScript(source = SCRIPT)
		List<Boolean> flags(String reply);

		@LuaScript(source = SCRIPT)
		List<Long> numbers(String reply);

		@LuaScript(source = SCRIPT)
		List<String> texts(String reply);

		@LuaScript(source = SCRIPT)
		Set<String> distinct(String reply);

		@LuaScript(source = SCRIPT)
		Map<String, Long> map(String reply);

		@LuaScript(source = SCRIPT)
		Map<String, String> textMap(String reply);

		@LuaScript(source = SCRIPT)
		Map<Long, String> namesOfNumbers(String reply);

		@LuaScript(source = SCRIPT)
		Map<String, Map<String, Long>> mapOfMaps(String reply);

		@LuaScript(source = SCRIPT)
		Map<String, List<Long>> mapOfLists(String reply);

		@LuaScript(source = SCRIPT)
		List<Map<String, Long>> listOfMaps(String reply);

		@LuaScript(source = SCRIPT)
		Person person(String reply);

		@LuaScript(source = SCRIPT, reply = ReplyFormat.MAP)
		Person personByName(String reply);

		@LuaScript(source = SCRIPT)
		Object neutral(String reply);

	}

}
