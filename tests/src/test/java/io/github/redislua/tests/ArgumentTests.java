package io.github.redislua.tests;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a script gets for each Java type: the keys and arguments as they arrived at Redis.
 */
class ArgumentTests {

	private static LocalRedis redis;

	private static Clients clients;

	private static final Map<Driver, Sender> SENDERS = new EnumMap<>(Driver.class);

	@BeforeAll
	static void connect() {
		redis = LocalRedis.start();
		clients = new Clients(redis);
		for (Driver driver : Driver.values()) {
			SENDERS.put(driver, clients.create(driver, Sender.class));
		}
	}

	@AfterAll
	static void disconnect() {
		clients.close();
		redis.close();
	}

	@ParameterizedTest
	@EnumSource
	void textIsUtf8(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.text("größe € \uD83D\uDE00").args()).containsExactly("größe € \uD83D\uDE00");
		assertThat(sender.text("").args()).containsExactly("");
		assertThat(sender.text("a\r\nb\0c").args()).containsExactly("a\r\nb\0c");
		assertThat(sender.characters(new StringBuilder("built")).args()).containsExactly("built");
		assertThat(sender.character('ß').args()).containsExactly("ß");
		assertThat(sender.boxedCharacter('x').args()).containsExactly("x");
		assertThat(sender.bytesBack("€")).containsExactly((byte) 0xE2, (byte) 0x82, (byte) 0xAC);
	}

	@ParameterizedTest
	@EnumSource
	void bytesAreRaw(Driver driver) {
		Sender sender = SENDERS.get(driver);
		byte[] all = new byte[256];
		for (int i = 0; i < all.length; i++) {
			all[i] = (byte) i;
		}
		assertThat(sender.bytes(all)).isEqualTo(all);
		assertThat(sender.bytes(new byte[0])).isEmpty();
		assertThat(sender.keyBytes(all)).isEqualTo(all);
		assertThat(sender.buffer(ByteBuffer.wrap(all))).isEqualTo(all);
		ByteBuffer part = ByteBuffer.allocateDirect(8).put(new byte[] { 1, 2, (byte) 0xFF, 4 }).flip().position(1);
		assertThat(sender.buffer(part)).containsExactly(2, 0xFF, 4);
		assertThat(part.remaining()).as("the buffer is not used up").isEqualTo(3);
		assertThat(sender.manyBytes(List.of(all, new byte[0]))).containsExactly(all, new byte[0]);
	}

	@ParameterizedTest
	@EnumSource
	void bytesMayBeUsedAgainBeforeTheyAreSent(Driver driver) {
		LuaRepositoryFactory factory = clients.factory(driver);
		Sender sender = factory.create(Sender.class);
		byte[] buffer = new byte[1];
		List<Object> sent = factory.scripts().pipelined(() -> {
			for (char letter : "abc".toCharArray()) {
				buffer[0] = (byte) letter;
				sender.bytes(buffer);
				sender.keyBytes(buffer);
			}
		});
		assertThat(sent).extracting((bytes) -> new String((byte[]) bytes))
			.containsExactly("a", "a", "b", "b", "c", "c");
	}

	@ParameterizedTest
	@EnumSource
	void integersAreDecimal(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender
			.integers((byte) -128, (short) 32767, Integer.MIN_VALUE, Long.MIN_VALUE,
					new BigInteger("123456789012345678901234567890"))
			.args())
			.containsExactly("-128", "32767", "-2147483648", "-9223372036854775808", "123456789012345678901234567890");
		assertThat(sender.integers((byte) 0, (short) -1, Integer.MAX_VALUE, Long.MAX_VALUE, BigInteger.ONE.negate())
			.args()).containsExactly("0", "-1", "2147483647", "9223372036854775807", "-1");
		assertThat(sender.boxedIntegers((byte) 1, (short) 2, 3, 4L).args()).containsExactly("1", "2", "3", "4");
	}

	@ParameterizedTest
	@EnumSource
	void fractionsAreTheShortestTextThatReadsBackEqual(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.fractions(0.1f, 0.1, new BigDecimal("0.10")).args()).containsExactly("0.1", "0.1", "0.10");
		assertThat(sender.fractions(3f, 3.0, new BigDecimal("1E+3")).args()).containsExactly("3", "3", "1000");
		assertThat(sender.fractions(-0f, -0.0, BigDecimal.ZERO).args()).containsExactly("-0", "-0", "0");
		assertThat(sender.fractions(1e10f, 2e23, new BigDecimal("1e-400")).args()).containsExactly("1e10", "2e23",
				"1E-400");
		assertThat(sender.fractions(Float.MIN_VALUE, Double.MIN_VALUE, new BigDecimal("-1.5")).args())
			.containsExactly("1e-45", "5e-324", "-1.5");
		assertThat(sender.fractions(Float.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, BigDecimal.ONE).args())
			.containsExactly("inf", "-inf", "1");
	}

	@ParameterizedTest
	@EnumSource
	void numbersAreNeverInTheFormatOfALocale(Driver driver) {
		Locale before = Locale.getDefault();
		try {
			for (String tag : List.of("de-DE", "hi-IN-u-nu-deva", "ar-EG-u-nu-arab", "th-TH-u-nu-thai")) {
				Locale.setDefault(Locale.forLanguageTag(tag));
				assertThat(SENDERS.get(driver).fractions(1234.5f, 1234567.25, new BigDecimal("1234.5")).args()).as(tag)
					.containsExactly("1234.5", "1234567.25", "1234.5");
				assertThat(SENDERS.get(driver).boxedIntegers((byte) 1, (short) 2000, 3000, -4000L).args()).as(tag)
					.containsExactly("1", "2000", "3000", "-4000");
			}
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void booleansAreOneAndZero(Driver driver) {
		assertThat(SENDERS.get(driver).flags(true, false).args()).containsExactly("1", "0");
	}

	@ParameterizedTest
	@EnumSource
	void anEnumIsItsName(Driver driver) {
		assertThat(SENDERS.get(driver).constants(Plan.FREE, Plan.PAID).args()).containsExactly("FREE", "PAID");
	}

	@ParameterizedTest
	@EnumSource
	void aDurationIsANumberInTheUnit(Driver driver) {
		Duration duration = Duration.ofDays(15).plusHours(1).plusMinutes(2).plusSeconds(3).plusNanos(4_005_006);
		assertThat(SENDERS.get(driver)
			.units(duration, duration, duration, duration, duration, duration, duration, duration, duration, duration)
			.args()).containsExactly("1299723004", "1299723004005006", "1299723004005", "1299723004", "1299723",
					"21662", "361", "30", "15", "2");
	}

	@ParameterizedTest
	@EnumSource
	void aDurationIsRoundedDown(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.duration(Duration.ofNanos(1_999_999)).args()).containsExactly("1");
		assertThat(sender.duration(Duration.ofNanos(-1)).args()).containsExactly("-1");
		assertThat(sender.duration(Duration.ZERO).args()).containsExactly("0");
	}

	@ParameterizedTest
	@EnumSource
	void aPointInTimeIsANumberSinceTheEpoch(Driver driver) {
		Instant instant = Instant.parse("2026-03-29T01:02:03.456789Z");
		ZonedDateTime zoned = instant.atZone(ZoneId.of("Europe/Berlin"));
		OffsetDateTime offset = instant.atOffset(ZoneOffset.ofHours(-5));
		Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
		calendar.setTimeInMillis(instant.toEpochMilli());
		Sender sender = SENDERS.get(driver);
		assertThat(sender.moments(instant, zoned, offset, Date.from(instant), calendar).args())
			.containsExactly(Collections.nCopies(5, "1774746123456").toArray(String[]::new));
		assertThat(sender.seconds(instant, Date.from(instant)).args()).containsExactly("1774746123", "1774746123");
		assertThat(sender.seconds(Instant.ofEpochMilli(-1), new Date(-1)).args()).containsExactly("-1", "-1");
	}

	@ParameterizedTest
	@EnumSource
	void valueTypesAreTheirText(Driver driver) {
		UUID uuid = UUID.fromString("8c5e6f2e-6d5b-4e3c-9a35-0a3f5b1f2c4d");
		assertThat(SENDERS.get(driver)
			.values(uuid, URI.create("https://acme.com/a?b=c"), Locale.GERMANY, Currency.getInstance("EUR"),
					ZoneId.of("Europe/Berlin"))
			.args()).containsExactly("8c5e6f2e-6d5b-4e3c-9a35-0a3f5b1f2c4d", "https://acme.com/a?b=c", "de_DE", "EUR",
					"Europe/Berlin");
	}

	@ParameterizedTest
	@EnumSource
	void aCollectionIsOneValueAnElementInOrder(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.list(List.of("a", "b", "c")).args()).containsExactly("a", "b", "c");
		assertThat(sender.list(List.of()).args()).isEmpty();
		assertThat(sender.set(new LinkedHashSet<>(List.of(3, 1, 2))).args()).containsExactly("3", "1", "2");
		assertThat(sender.collection(new ArrayDeque<>(List.of(Plan.PAID, Plan.FREE))).args()).containsExactly("PAID",
				"FREE");
		assertThat(sender.around("before", List.of("a", "b"), 7).args()).containsExactly("before", "a", "b", "7");
		assertThat(sender.durations(List.of(Duration.ofSeconds(1), Duration.ofMillis(2500))).args())
			.containsExactly("1", "2");
	}

	@ParameterizedTest
	@EnumSource
	void anArrayIsOneValueAnElementInOrder(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender
			.arrays(new String[] { "a", "b" }, new int[] { 1, -2 }, new long[] { 3 }, new double[] { .5 },
					new boolean[] { true, false }, new char[] { 'x' }, new Plan[] { Plan.FREE })
			.args()).containsExactly("a", "b", "1", "-2", "3", "0.5", "1", "0", "x", "FREE");
		assertThat(sender.varargs("a", "b").args()).containsExactly("a", "b");
		assertThat(sender.varargs().args()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aMapIsKeyValueKeyValue(Driver driver) {
		Map<String, Integer> map = new LinkedHashMap<>();
		map.put("one", 1);
		map.put("two", 2);
		Sender sender = SENDERS.get(driver);
		assertThat(sender.map(map).args()).containsExactly("one", "1", "two", "2");
		assertThat(sender.map(Map.of()).args()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void anObjectIsSentAsItsOwnClassWouldBe(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.object("text").args()).containsExactly("text");
		assertThat(sender.object(0.5).args()).containsExactly("0.5");
		assertThat(sender.object(true).args()).containsExactly("1");
		assertThat(sender.object(Duration.ofSeconds(2)).args()).containsExactly("2000");
		assertThat(sender.object(List.of(1, "b", false)).args()).containsExactly("1", "b", "0");
		assertThat(sender.mixed(List.of(1, "b", Plan.PAID)).args()).containsExactly("1", "b", "PAID");
	}

	@ParameterizedTest
	@EnumSource
	void anOptionalIsItsValueOrNothingAtTheEnd(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.optional("a", Optional.of("b")).args()).containsExactly("a", "b");
		assertThat(sender.optional("a", Optional.empty()).args()).containsExactly("a");
		assertThat(sender.optionals(OptionalInt.of(1), OptionalLong.of(2), OptionalDouble.of(.5)).args())
			.containsExactly("1", "2", "0.5");
		assertThat(sender.optionals(OptionalInt.of(1), OptionalLong.empty(), OptionalDouble.empty()).args())
			.containsExactly("1");
		assertThat(sender.optionals(OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty()).args())
			.isEmpty();
		assertThat(sender.optionalList("a", Optional.of(List.of("b", "c"))).args()).containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@EnumSource
	void aNullableIsLeftOutAtTheEnd(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.nullable("a", "b", 3).args()).containsExactly("a", "b", "3");
		assertThat(sender.nullable("a", "b", null).args()).containsExactly("a", "b");
		assertThat(sender.nullable("a", null, null).args()).containsExactly("a");
		assertThat(sender.nullableList("a", null).args()).containsExactly("a");
	}

	@ParameterizedTest
	@EnumSource
	void whatIsJsonIsJson(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.json(new Order(7, List.of("a", "ß"))).args())
			.containsExactly("{\"id\":7,\"items\":[\"a\",\"ß\"]}");
		assertThat(sender.jsonText("say \"hi\"").args()).containsExactly("\"say \\\"hi\\\"\"");
		assertThat(sender.jsonList(List.of(1, 2)).args()).containsExactly("[1,2]");
		assertThat(sender.jsonMap(Map.of("a", List.of(1))).args()).containsExactly("{\"a\":[1]}");
	}

	@ParameterizedTest
	@EnumSource
	void keysComeFromKeyParametersInOrder(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertThat(sender.keys("k1", "a1", List.of("k2", "k3"), 2, 7L))
			.isEqualTo(new Sent(List.of("k1", "k2", "k3", "7"), List.of("a1", "2")));
		assertThat(sender.keys("k1", "a1", List.of(), 2, 7L).keys()).containsExactly("k1", "7");
		assertThat(sender.keyArray(new String[] { "a", "b" }, new long[] { 1, 2 }).keys()).containsExactly("a", "b",
				"1", "2");
	}

	@ParameterizedTest
	@EnumSource
	void tenThousandKeysAndArgumentsArrive(Driver driver) {
		List<String> keys = IntStream.range(0, 10_000).mapToObj((i) -> "key:" + i).toList();
		List<Integer> values = IntStream.range(0, 10_000).boxed().toList();
		Sent sent = SENDERS.get(driver).many(keys, values);
		assertThat(sent.keys()).isEqualTo(keys);
		assertThat(sent.args()).isEqualTo(values.stream().map(String::valueOf).toList());
	}

	@ParameterizedTest
	@EnumSource
	void aTemplateIsAKeyWithTheParametersFilledIn(Driver driver) {
		Templates templates = clients.create(driver, Templates.class);
		assertThat(templates.cart(7, "add"))
			.isEqualTo(new Sent(List.of("{cart:7}:items", "{cart:7}:total"), List.of("add")));
		assertThat(templates.argumentToo(7)).isEqualTo(new Sent(List.of("user:7"), List.of("7")));
		assertThat(templates.literal("x")).isEqualTo(new Sent(List.of("a#b:x##c", "plain"), List.of()));
		assertThat(templates.twice("a", 2).keys()).containsExactly("a-2-a");
		assertThat(templates.beforeKeys("k", "t").keys()).containsExactly("t:t", "k");
		assertThat(templates.bytes(new byte[] { 'x', 'y' }).keys()).containsExactly("b:xy");
	}

	@ParameterizedTest
	@EnumSource
	void aTemplateReadsProperties(Driver driver) {
		Templates templates = clients.create(driver, Templates.class);
		assertThat(templates.component(new Order(7, List.of("a", "b"))))
			.isEqualTo(new Sent(List.of("order:7.json"), List.of()));
		assertThat(templates.getter(new Person("Ada", true)).keys()).containsExactly("person:Ada:1");
	}

	@ParameterizedTest
	@EnumSource
	void aCollectionInATemplateYieldsOneKeyAnElement(Driver driver) {
		Templates templates = clients.create(driver, Templates.class);
		assertThat(templates.collection("eu", List.of(1L, 2L, 3L)))
			.isEqualTo(new Sent(List.of("{eu}:1:x", "{eu}:2:x", "{eu}:3:x"), List.of()));
		assertThat(templates.collection("eu", List.of()).keys()).isEmpty();
		assertThat(templates.array("a", "b").keys()).containsExactly("i:a", "i:b");
		assertThat(templates.collectionProperty(new Order(7, List.of("a", "b"))).keys()).containsExactly("7:a", "7:b");
	}

	@ParameterizedTest
	@EnumSource
	void everyKeyGetsThePrefixes(Driver driver) {
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(clients.connection(driver))
			.keyPrefix("app:")
			.placeholders((text) -> text.replace("${shop}", "acme"))
			.build();
		assertThat(factory.create(Prefixed.class).all("k", List.of("a", "b"), 7, "v")).isEqualTo(new Sent(
				List.of("app:shop:acme:t:7", "app:shop:acme:k", "app:shop:acme:a", "app:shop:acme:b"), List.of("v")));
		assertThat(factory.create(Templates.class).twice("a", 2).keys()).containsExactly("app:a-2-a");
		assertThat(LuaRepositoryFactory.builder(clients.connection(driver))
			.placeholders((text) -> text.replace("${shop}", "acme"))
			.build()
			.create(Prefixed.class)
			.all("k", List.of(), 7, "v")
			.keys()).containsExactly("shop:acme:t:7", "shop:acme:k");
	}

	@ParameterizedTest
	@EnumSource
	void nullIsAnErrorThatNamesTheParameter(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertRefused(() -> sender.text(null), "Sender.text(String)", "Sender.text",
				"parameter 'value' must not be null");
		assertRefused(() -> sender.list(null), "Sender.list(List)", "Sender.list",
				"parameter 'values' must not be null");
		assertRefused(() -> sender.keyBytes(null), "Sender.keyBytes(byte[])", "Sender.keyBytes",
				"parameter 'key' must not be null");
		assertRefused(() -> sender.optional(null, Optional.empty()), "Sender.optional(String, Optional)",
				"Sender.optional", "parameter 'first' must not be null");
		assertRefused(() -> sender.optional("a", null), "Sender.optional(String, Optional)", "Sender.optional",
				"parameter 'second' must not be null");
		Templates templates = clients.create(driver, Templates.class);
		assertRefused(() -> templates.twice(null, 2), "Templates.twice(String, int)", "Templates.twice",
				"parameter 'text' must not be null");
		assertRefused(() -> templates.component(null), "Templates.component(ArgumentTests.Order)",
				"Templates.component", "parameter 'order' must not be null");
		assertRefused(() -> templates.getter(new Person(null, true)), "Templates.getter(ArgumentTests.Person)",
				"Templates.getter", "property 'name' of parameter 'person' must not be null");
	}

	@ParameterizedTest
	@EnumSource
	void nullInsideIsAnErrorThatSaysWhere(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertRefused(() -> sender.list(Arrays.asList("a", null)), "Sender.list(List)", "Sender.list",
				"parameter 'values' has a null element at index 1");
		assertRefused(() -> sender.varargs("a", "b", null), "Sender.varargs(String[])", "Sender.varargs",
				"parameter 'values' has a null element at index 2");
		Map<String, Integer> map = new HashMap<>();
		map.put("one", null);
		assertRefused(() -> sender.map(map), "Sender.map(Map)", "Sender.map",
				"parameter 'entries' has a null value for the key 'one'");
		Map<String, Integer> nullKey = new HashMap<>();
		nullKey.put(null, 1);
		assertRefused(() -> sender.map(nullKey), "Sender.map(Map)", "Sender.map", "parameter 'entries' has a null key");
		assertRefused(() -> sender.many(Arrays.asList("a", null), List.of()), "Sender.many(List, Collection)",
				"Sender.many", "parameter 'keys' has a null element at index 1");
	}

	@ParameterizedTest
	@EnumSource
	void onlyWhatIsAtTheEndCanBeLeftOut(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertRefused(() -> sender.nullable("a", null, 3), "Sender.nullable(String, String, Integer)",
				"Sender.nullable", "parameter 'second' is left out although parameter 'third' follows: only at the end "
						+ "of the arguments can one be left out");
		assertRefused(() -> sender.optionals(OptionalInt.empty(), OptionalLong.of(1), OptionalDouble.empty()),
				"Sender.optionals(OptionalInt, OptionalLong, OptionalDouble)", "Sender.optionals",
				"parameter 'one' is left out although parameter 'two' follows: only at the end of the arguments can "
						+ "one be left out");
		assertRefused(() -> sender.optionalFirst(Optional.empty(), "b"), "Sender.optionalFirst(Optional, String)",
				"Sender.optionalFirst", "parameter 'first' is left out although parameter 'second' follows: only at "
						+ "the end of the arguments can one be left out");
		assertThatIllegalArgumentException().isThrownBy(() -> sender.optionalKey(Optional.empty()))
			.withMessageContaining("parameter 'key' is an empty Optional");
	}

	@ParameterizedTest
	@EnumSource
	void whatHasNoFormOnTheWireIsAnError(Driver driver) {
		Sender sender = SENDERS.get(driver);
		assertRefused(() -> sender.text("ab\uD800c"), "Sender.text(String)", "Sender.text",
				"parameter 'value' holds an unpaired surrogate at index 2, which has no UTF-8 form");
		assertRefused(() -> sender.list(List.of("a", "\uDC00")), "Sender.list(List)", "Sender.list",
				"parameter 'values' has at index 1 an element that holds an unpaired surrogate at index 0, which has no "
						+ "UTF-8 form");
		assertRefused(() -> sender.character('\uD83D'), "Sender.character(char)", "Sender.character",
				"parameter 'value' holds an unpaired surrogate at index 0, which has no UTF-8 form");
		assertRefused(() -> sender.fractions(1, Double.NaN, BigDecimal.ONE),
				"Sender.fractions(float, double, BigDecimal)", "Sender.fractions", "parameter 'two' is not a number");
		assertRefused(() -> sender.nanos(Instant.MAX), "Sender.nanos(Instant)", "Sender.nanos",
				"parameter 'instant' does not fit a 64-bit number of nanos");
		assertRefused(() -> sender.object(new Object()), "Sender.object(Object)", "Sender.object",
				"parameter 'value' is a java.lang.Object, which cannot be sent as text: annotate the parameter with "
						+ "@Arg(json = true), or register a Converter<Object, String>");
		assertRefused(() -> sender.mixed(List.of(List.of())), "Sender.mixed(List)", "Sender.mixed",
				"parameter 'values' has at index 0 an element that is a java.util.ImmutableCollections.ListN, which is "
						+ "not a single value: flatten it");
		assertRefused(() -> sender.json(new Unwritable()), "Sender.json(Object)", "Sender.json",
				"parameter 'value' cannot be written as JSON");
	}

	@ParameterizedTest
	@EnumSource
	void whatIsRefusedIsNotSent(Driver driver) {
		Sender sender = SENDERS.get(driver);
		redis.execute("CONFIG", "RESETSTAT");
		List<Runnable> calls = List.of(() -> sender.text(null), () -> sender.list(Arrays.asList("a", null)),
				() -> sender.optionalFirst(Optional.empty(), "b"), () -> sender.text("\uD800"));
		calls.forEach((call) -> assertThatIllegalArgumentException().isThrownBy(call::run));
		assertThat((String) redis.execute("INFO", "commandstats")).doesNotContain("eval", "script");
	}

	private static void assertRefused(Runnable call, String method, String script, String problem) {
		assertThatIllegalArgumentException().isThrownBy(call::run)
			.withMessage("io.github.redislua.tests.ArgumentTests." + method + " cannot call script '" + script + "': "
					+ problem + ". Nothing was sent");
	}

	/**
	 * Keys and arguments as the script got them.
	 */
	record Sent(List<String> keys, List<String> args) {

	}

	record Order(long id, List<String> items) {

	}

	static class Person {

		private final String name;

		private final boolean active;

		Person(String name, boolean active) {
			this.name = name;
			this.active = active;
		}

		public String getName() {
			return this.name;
		}

		public boolean isActive() {
			return this.active;
		}

	}

	public static class Unwritable {

		public String getName() {
			throw new IllegalStateException("no name");
		}

	}

	enum Plan {

		FREE,

		PAID {
			@Override
			public String toString() {
				return "paid plan";
			}
		}

	}

	interface Sender {

		String ECHO = "return {KEYS, ARGV}";

		String FIRST = "return ARGV[1]";

		@LuaScript(source = ECHO)
		Sent text(String value);

		@LuaScript(source = ECHO)
		Sent characters(CharSequence value);

		@LuaScript(source = ECHO)
		Sent character(char value);

		@LuaScript(source = ECHO)
		Sent boxedCharacter(Character value);

		@LuaScript(source = FIRST)
		byte[] bytesBack(String value);

		@LuaScript(source = FIRST)
		byte[] bytes(byte[] value);

		@LuaScript(source = "return KEYS[1]")
		byte[] keyBytes(@Key byte[] key);

		@LuaScript(source = FIRST)
		byte[] buffer(ByteBuffer value);

		@LuaScript(source = "return ARGV")
		List<byte[]> manyBytes(List<byte[]> values);

		@LuaScript(source = ECHO)
		Sent integers(byte one, short two, int three, long four, BigInteger five);

		@LuaScript(source = ECHO)
		Sent boxedIntegers(Byte one, Short two, Integer three, Long four);

		@LuaScript(source = ECHO)
		Sent fractions(float one, double two, BigDecimal three);

		@LuaScript(source = ECHO)
		Sent flags(boolean one, Boolean two);

		@LuaScript(source = ECHO)
		Sent constants(Plan one, Plan two);

		@LuaScript(source = ECHO)
		Sent duration(Duration duration);

		@LuaScript(source = ECHO)
		Sent units(Duration standard, @Arg(unit = ChronoUnit.NANOS) Duration nanos,
				@Arg(unit = ChronoUnit.MICROS) Duration micros, @Arg(unit = ChronoUnit.MILLIS) Duration millis,
				@Arg(unit = ChronoUnit.SECONDS) Duration seconds, @Arg(unit = ChronoUnit.MINUTES) Duration minutes,
				@Arg(unit = ChronoUnit.HOURS) Duration hours, @Arg(unit = ChronoUnit.HALF_DAYS) Duration halfDays,
				@Arg(unit = ChronoUnit.DAYS) Duration days, @Arg(unit = ChronoUnit.WEEKS) Duration weeks);

		@LuaScript(source = ECHO)
		Sent moments(Instant instant, ZonedDateTime zoned, OffsetDateTime offset, Date date, Calendar calendar);

		@LuaScript(source = ECHO)
		Sent seconds(@Arg(unit = ChronoUnit.SECONDS) Instant instant, @Arg(unit = ChronoUnit.SECONDS) Date date);

		@LuaScript(source = ECHO)
		Sent nanos(@Arg(unit = ChronoUnit.NANOS) Instant instant);

		@LuaScript(source = ECHO)
		Sent values(UUID uuid, URI uri, Locale locale, Currency currency, ZoneId zone);

		@LuaScript(source = ECHO)
		Sent list(List<String> values);

		@LuaScript(source = ECHO)
		Sent set(Set<Integer> values);

		@LuaScript(source = ECHO)
		Sent collection(Collection<Plan> values);

		@LuaScript(source = ECHO)
		Sent around(String before, List<String> values, int after);

		@LuaScript(source = ECHO)
		Sent durations(@Arg(unit = ChronoUnit.SECONDS) List<Duration> values);

		@LuaScript(source = ECHO)
		Sent arrays(String[] texts, int[] numbers, long[] bigs, double[] fractions, boolean[] flags, char[] characters,
				Plan[] plans);

		@LuaScript(source = ECHO)
		Sent varargs(String... values);

		@LuaScript(source = ECHO)
		Sent map(Map<String, Integer> entries);

		@LuaScript(source = ECHO)
		Sent object(Object value);

		@LuaScript(source = ECHO)
		Sent mixed(List<?> values);

		@LuaScript(source = ECHO)
		Sent optional(String first, Optional<String> second);

		@LuaScript(source = ECHO)
		Sent optionalFirst(Optional<String> first, String second);

		@LuaScript(source = ECHO)
		Sent optionals(OptionalInt one, OptionalLong two, OptionalDouble three);

		@LuaScript(source = ECHO)
		Sent optionalList(String first, Optional<List<String>> second);

		@LuaScript(source = ECHO)
		Sent optionalKey(@Key Optional<String> key);

		@LuaScript(source = ECHO)
		Sent nullable(String first, @Nullable String second, @Nullable Integer third);

		@LuaScript(source = ECHO)
		Sent nullableList(String first, @Nullable List<String> second);

		@LuaScript(source = ECHO)
		Sent json(@Arg(json = true) Object value);

		@LuaScript(source = ECHO)
		Sent jsonText(@Arg(json = true) String value);

		@LuaScript(source = ECHO)
		Sent jsonList(@Arg(json = true) List<Integer> value);

		@LuaScript(source = ECHO)
		Sent jsonMap(@Arg(json = true) Map<String, List<Integer>> value);

		@LuaScript(source = ECHO)
		Sent keys(@Key String one, String argument, @Key List<String> more, int number, @Key long last);

		@LuaScript(source = ECHO)
		Sent keyArray(@Key String[] texts, @Key long[] numbers);

		@LuaScript(source = ECHO)
		Sent many(@Key List<String> keys, Collection<Integer> values);

	}

	interface Templates {

		@LuaScript(source = Sender.ECHO, keys = { "{cart:#userId}:items", "{cart:#userId}:total" })
		Sent cart(long userId, String action);

		@LuaScript(source = Sender.ECHO, keys = "user:#id")
		Sent argumentToo(@Arg long id);

		@LuaScript(source = Sender.ECHO, keys = { "a##b:#text####c", "plain" })
		Sent literal(String text);

		@LuaScript(source = Sender.ECHO, keys = "#text-#number-#text")
		Sent twice(String text, int number);

		@LuaScript(source = Sender.ECHO, keys = "t:#text")
		Sent beforeKeys(@Key String key, String text);

		@LuaScript(source = Sender.ECHO, keys = "b:#bytes")
		Sent bytes(byte[] bytes);

		@LuaScript(source = Sender.ECHO, keys = "order:#order.id.json")
		Sent component(Order order);

		@LuaScript(source = Sender.ECHO, keys = "person:#person.name:#person.active")
		Sent getter(Person person);

		@LuaScript(source = Sender.ECHO, keys = "{#region}:#ids:x")
		Sent collection(String region, Collection<Long> ids);

		@LuaScript(source = Sender.ECHO, keys = "i:#items")
		Sent array(String... items);

		@LuaScript(source = Sender.ECHO, keys = "#order.id:#order.items")
		Sent collectionProperty(Order order);

	}

	@LuaRepository(keyPrefix = "shop:${shop}:")
	interface Prefixed {

		@LuaScript(source = Sender.ECHO, keys = "t:#id")
		Sent all(@Key String key, @Key List<String> more, int id, String value);

	}

}
