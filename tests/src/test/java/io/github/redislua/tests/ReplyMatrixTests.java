package io.github.redislua.tests;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptReplyException;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every reply for every return type over every driver and protocol. What comes out of
 * each cell stands in {@code reply-matrix.txt}, which is read by people: a line is the
 * reply as a Lua expression, the return type, and the value or, after an exclamation
 * mark, the error.
 * <p>
 * On a difference all cells are written to {@code target/reply-matrix-<wire>.txt}.
 */
class ReplyMatrixTests {

	private static final List<String> REPLIES = List.of(//
			// integers, and what Lua makes one
			"0", "1", "-1", "42", "128", "-32769", "2147483648", "16777217", "9007199254740992", "9007199254740993",
			"-9223372036854775808", "3.99",
			// bulk strings
			"''", "'text'", "'größe €'", "'a\\255\\000b'", "'0'", "'1'", "'42'", "' 42'", "'+7'", "'0x10'", "'300'",
			"'9223372036854775807'", "'9223372036854775808'", "'3.25'", "'-1.5e-7'", "'1e400'", "'inf'", "'nan'",
			"'true'", "'OK'", "'FINE'", "'8c5e6f2e-6d5b-4e3c-9a35-0a3f5b1f2c4d'", "'{\"id\":7,\"name\":\"Ada\"}'",
			"'[1,2]'", "'null'", "'{\"id\":7'",
			// nil, booleans, status, errors
			"nil", "false", "true", "{ok='OK'}", "{ok='FINE'}", "{ok='QUEUED'}", "{err='BROKEN it is'}",
			"redis.error_reply('boom')",
			// arrays
			"{}", "{1,2,3}", "{'a','b'}", "{'7','Ada'}", "{7,'Ada'}", "{7}", "{7,'Ada',3}", "{7,'Ada',{'Ulm','89073'}}",
			"{{1,2},{3}}", "{{7,'Ada'},{8,'Bob'}}", "{1,false,3}", "{1,nil,3}", "{2,2}", "{1,{}}",
			"{1,{err='BROKEN in here'},3}", "{a=1}",
			// fields and values
			"{'a','1','b','2'}", "{'a',1,'b',2}", "{'id','7','name','Ada'}", "{'name','Ada','other','x','id',7}",
			"{'name','Ada'}", "{'a','1','b'}", "{'a','1','a','2'}", "{'id',7,'name',false}");

	private static final List<String> TYPES = List.of("void", "boolean", "Boolean", "byte", "short", "int", "Integer",
			"long", "Long", "BigInteger", "OptionalInt", "OptionalLong", "float", "double", "Double", "BigDecimal",
			"OptionalDouble", "String", "byte[]", "ByteBuffer", "Mood", "UUID", "Optional<String>", "Optional<Long>",
			"List<Long>", "List<String>", "List<List<Long>>", "Set<String>", "String[]", "long[]", "byte[][]",
			"Map<String, Long>", "Map<String, String>", "Person", "Person MAP", "Person JSON", "List<Person>",
			"Customer", "Bean JSON", "Object");

	private static LocalRedis redis;

	private static Wires wires;

	private static Map<Wire, Map<Cell, String>> outcomes;

	@BeforeAll
	static void connect() {
		redis = LocalRedis.start();
		wires = new Wires(redis);
		outcomes = new LinkedHashMap<>();
	}

	@AfterAll
	static void disconnect() throws Exception {
		wires.close();
		redis.close();
	}

	@ParameterizedTest
	@EnumSource
	void everyCellIsAsReviewed(Wire wire) throws Exception {
		Map<Cell, String> expected = reviewed();
		Map<Cell, String> actual = outcomes(wire);
		if (!actual.equals(expected)) {
			Files.writeString(Path.of("target", "reply-matrix-" + wire + ".txt"), print(actual));
		}
		assertThat(differences(actual, expected)).isEmpty();
	}

	@Test
	void noCellDiffersBetweenTheDriversOrTheProtocols() {
		Map<Cell, String> reference = outcomes(Wire.LETTUCE_RESP3);
		for (Wire wire : Wire.values()) {
			assertThat(differences(outcomes(wire), reference)).as("%s against %s", wire, Wire.LETTUCE_RESP3).isEmpty();
		}
	}

	@Test
	void everyReplyIsReviewedForEveryReturnType() throws Exception {
		assertThat(methods()).extracting(ReplyMatrixTests::type).containsExactlyElementsOf(TYPES);
		assertThat(reviewed()).hasSize(REPLIES.size() * TYPES.size());
	}

	private static List<String> differences(Map<Cell, String> actual, Map<Cell, String> expected) {
		List<String> differences = new ArrayList<>();
		actual.forEach((cell, outcome) -> {
			if (!outcome.equals(expected.get(cell))) {
				differences.add(cell + " | " + outcome + "   instead of   " + expected.get(cell));
			}
		});
		return differences;
	}

	private static Map<Cell, String> outcomes(Wire wire) {
		return outcomes.computeIfAbsent(wire, (key) -> {
			Replies replies = wires.create(key, Replies.class);
			Map<Cell, String> result = new LinkedHashMap<>();
			for (String reply : REPLIES) {
				for (Method method : methods()) {
					result.put(new Cell(reply, type(method)), outcome(replies, method, reply));
				}
			}
			return result;
		});
	}

	private static String outcome(Replies replies, Method method, String reply) {
		String place = Replies.class.getName().replace('$', '.') + "." + method.getName() + "(String)";
		String script = "Script 'Replies." + method.getName() + "'";
		try {
			return Shown.of(method.invoke(replies, reply));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InvocationTargetException ex) {
			Throwable thrown = ex.getTargetException();
			if (thrown instanceof LuaScriptReplyException mismatch) {
				String start = script + " did run, but its reply does not fit " + place + ": ";
				String end = "expected " + mismatch.getExpected() + " but got " + mismatch.getActual();
				return mismatch.getMessage().equals(start + end) ? "! " + end : "! " + thrown;
			}
			if (thrown instanceof LuaScriptExecutionException failure) {
				String start = script + " failed in " + place + ": ";
				return failure.getMessage().startsWith(start)
						? "! failed: " + thrown.getMessage().substring(start.length()) : "! " + thrown;
			}
			return "! " + thrown;
		}
	}

	private static List<Method> methods() {
		List<Method> methods = new ArrayList<>(List.of(Replies.class.getMethods()));
		methods.forEach((method) -> method.setAccessible(true));
		methods.sort(Comparator.comparing((method) -> TYPES.indexOf(type(method))));
		return methods;
	}

	// As a reader of the interface sees it: without packages.
	private static String type(Method method) {
		String name = method.getGenericReturnType().getTypeName().replaceAll("[\\w.]+[.$](\\w+)", "$1");
		ReplyFormat format = method.getAnnotation(LuaScript.class).reply();
		return (format != ReplyFormat.AUTO) ? name + " " + format : name;
	}

	private static Map<Cell, String> reviewed() throws IOException {
		Map<Cell, String> cells = new LinkedHashMap<>();
		String text = new ClassPathResource("reply-matrix.txt").getContentAsString(StandardCharsets.UTF_8);
		for (String line : text.lines().toList()) {
			if (!line.isBlank() && !line.startsWith("#")) {
				List<String> columns = Arrays.stream(line.split("\\|", 3)).map(String::strip).toList();
				assertThat(cells.put(new Cell(columns.get(0), columns.get(1)), columns.get(2))).as(line).isNull();
			}
		}
		return cells;
	}

	private static String print(Map<Cell, String> cells) {
		StringBuilder text = new StringBuilder(
				"# reply (a Lua expression) | return type | value, or after \"!\" the error\n");
		String last = "";
		for (Map.Entry<Cell, String> each : cells.entrySet()) {
			Cell cell = each.getKey();
			text.append(cell.reply().equals(last) ? "" : "\n");
			text.append("%s | %-19s | %s\n".formatted(cell.reply(), cell.type(), each.getValue()));
			last = cell.reply();
		}
		return text.toString();
	}

	record Cell(String reply, String type) {

		@Override
		public String toString() {
			return this.reply + " | " + this.type;
		}

	}

	interface Replies {

		String SCRIPT = "return assert(loadstring('return ' .. ARGV[1]))()";

		@LuaScript(source = SCRIPT)
		void nothing(String reply);

		@LuaScript(source = SCRIPT)
		boolean flag(String reply);

		@LuaScript(source = SCRIPT)
		Boolean boxedFlag(String reply);

		@LuaScript(source = SCRIPT)
		byte tiny(String reply);

		@LuaScript(source = SCRIPT)
		short small(String reply);

		@LuaScript(source = SCRIPT)
		int number(String reply);

		@LuaScript(source = SCRIPT)
		Integer boxedNumber(String reply);

		@LuaScript(source = SCRIPT)
		long big(String reply);

		@LuaScript(source = SCRIPT)
		Long boxedBig(String reply);

		@LuaScript(source = SCRIPT)
		BigInteger huge(String reply);

		@LuaScript(source = SCRIPT)
		OptionalInt maybeNumber(String reply);

		@LuaScript(source = SCRIPT)
		OptionalLong maybeBig(String reply);

		@LuaScript(source = SCRIPT)
		float single(String reply);

		@LuaScript(source = SCRIPT)
		double fraction(String reply);

		@LuaScript(source = SCRIPT)
		Double boxedFraction(String reply);

		@LuaScript(source = SCRIPT)
		BigDecimal decimal(String reply);

		@LuaScript(source = SCRIPT)
		OptionalDouble maybeFraction(String reply);

		@LuaScript(source = SCRIPT)
		String text(String reply);

		@LuaScript(source = SCRIPT)
		byte[] bytes(String reply);

		@LuaScript(source = SCRIPT)
		ByteBuffer buffer(String reply);

		@LuaScript(source = SCRIPT)
		Mood mood(String reply);

		@LuaScript(source = SCRIPT)
		UUID uuid(String reply);

		@LuaScript(source = SCRIPT)
		Optional<String> maybeText(String reply);

		@LuaScript(source = SCRIPT)
		Optional<Long> maybeBoxed(String reply);

		@LuaScript(source = SCRIPT)
		List<Long> numbers(String reply);

		@LuaScript(source = SCRIPT)
		List<String> texts(String reply);

		@LuaScript(source = SCRIPT)
		List<List<Long>> nested(String reply);

		@LuaScript(source = SCRIPT)
		Set<String> distinct(String reply);

		@LuaScript(source = SCRIPT)
		String[] textArray(String reply);

		@LuaScript(source = SCRIPT)
		long[] numberArray(String reply);

		@LuaScript(source = SCRIPT)
		byte[][] bytesArray(String reply);

		@LuaScript(source = SCRIPT)
		Map<String, Long> numberMap(String reply);

		@LuaScript(source = SCRIPT)
		Map<String, String> textMap(String reply);

		@LuaScript(source = SCRIPT)
		Person person(String reply);

		@LuaScript(source = SCRIPT, reply = ReplyFormat.MAP)
		Person personByName(String reply);

		@LuaScript(source = SCRIPT, reply = ReplyFormat.JSON)
		Person personAsJson(String reply);

		@LuaScript(source = SCRIPT)
		List<Person> people(String reply);

		@LuaScript(source = SCRIPT)
		Customer customer(String reply);

		@LuaScript(source = SCRIPT, reply = ReplyFormat.JSON)
		Bean bean(String reply);

		@LuaScript(source = SCRIPT)
		Object neutral(String reply);

	}

	enum Mood {

		FINE, QUEUED

	}

	record Person(long id, String name) {

	}

	record Customer(long id, String name, Address address) {

	}

	record Address(String city, String code) {

	}

	static class Bean {

		private long id;

		private String name;

		public void setId(long id) {
			this.id = id;
		}

		public void setName(String name) {
			this.name = name;
		}

		@Override
		public String toString() {
			return "Bean(" + this.id + "L, \"" + this.name + "\")";
		}

	}

}
