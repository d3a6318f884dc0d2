package io.github.redislua.internal.codec.reply;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.Codecs;
import io.github.redislua.internal.codec.Codecs.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Types that are read from one reply: what each takes, and what it refuses.
 */
class ScalarRepliesTests {

	private static final byte[] BINARY = { 'a', (byte) 0xFF, 0 };

	private static final BigInteger HUGE = new BigInteger("9223372036854775808");

	static Stream<Arguments> accepted() throws Exception {
		return Stream.of(//
				// boolean
				Arguments.of(boolean.class, 1L, true), Arguments.of(boolean.class, 0L, false),
				Arguments.of(boolean.class, null, false), Arguments.of(Boolean.class, null, false),
				Arguments.of(Boolean.class, true, true), Arguments.of(boolean.class, false, false),
				Arguments.of(boolean.class, bulk("OK"), true), Arguments.of(boolean.class, bulk("1"), true),
				Arguments.of(Boolean.class, bulk("0"), false),
				// integral
				Arguments.of(byte.class, -128L, (byte) -128), Arguments.of(Byte.class, bulk("127"), (byte) 127),
				Arguments.of(short.class, bulk("-32768"), (short) -32768), Arguments.of(Short.class, 5L, (short) 5),
				Arguments.of(int.class, 42L, 42), Arguments.of(Integer.class, bulk("-2147483648"), Integer.MIN_VALUE),
				Arguments.of(long.class, Long.MAX_VALUE, Long.MAX_VALUE),
				Arguments.of(long.class, bulk("-9223372036854775808"), Long.MIN_VALUE),
				Arguments.of(long.class, bulk("9223372036854775807"), Long.MAX_VALUE),
				Arguments.of(long.class, bulk("-0"), 0L), Arguments.of(long.class, bulk("007"), 7L),
				Arguments.of(Long.class, BigInteger.TEN, 10L), Arguments.of(Long.class, null, null),
				Arguments.of(int.class, BigInteger.TEN, 10), Arguments.of(BigInteger.class, 5L, BigInteger.valueOf(5)),
				Arguments.of(BigInteger.class, HUGE, HUGE), Arguments.of(BigInteger.class, bulk(HUGE.toString()), HUGE),
				Arguments.of(BigInteger.class, null, null),
				// fractions
				Arguments.of(double.class, 3.5, 3.5), Arguments.of(Double.class, 3L, 3.0),
				Arguments.of(double.class, bulk("0.1"), 0.1), Arguments.of(double.class, bulk("-1.5e-7"), -1.5e-7),
				Arguments.of(double.class, bulk("1E+300"), 1e300), Arguments.of(double.class, bulk("0e5"), 0.0),
				Arguments.of(double.class, bulk("inf"), Double.POSITIVE_INFINITY),
				Arguments.of(double.class, bulk("-inf"), Double.NEGATIVE_INFINITY),
				Arguments.of(double.class, bulk("nan"), Double.NaN),
				Arguments.of(double.class, bulk("-nan"), Double.NaN),
				Arguments.of(double.class, Double.NaN, Double.NaN),
				Arguments.of(double.class, BigInteger.TWO.pow(70), 0x1p70),
				Arguments.of(double.class, Long.MIN_VALUE, -0x1p63), Arguments.of(Double.class, null, null),
				Arguments.of(float.class, 0.1, 0.1f), Arguments.of(Float.class, bulk("0.1"), 0.1f),
				Arguments.of(float.class, 16777216L, 16777216f), Arguments.of(float.class, BigInteger.TEN, 10f),
				Arguments.of(float.class, Double.POSITIVE_INFINITY, Float.POSITIVE_INFINITY),
				Arguments.of(float.class, Double.NaN, Float.NaN), Arguments.of(float.class, 0.0, 0f),
				Arguments.of(BigDecimal.class, bulk("2.50"), new BigDecimal("2.50")),
				Arguments.of(BigDecimal.class, bulk("1e-400"), new BigDecimal("1e-400")),
				Arguments.of(BigDecimal.class, 7L, new BigDecimal(7)),
				Arguments.of(BigDecimal.class, HUGE, new BigDecimal(HUGE)),
				Arguments.of(BigDecimal.class, 0.1, new BigDecimal("0.1")), Arguments.of(BigDecimal.class, null, null),
				// text and bytes
				Arguments.of(String.class, bulk("gr\u00FC\u00DFe"), "gr\u00FC\u00DFe"),
				Arguments.of(String.class, bulk(""), ""), Arguments.of(String.class, 42L, "42"),
				Arguments.of(String.class, HUGE, "9223372036854775808"), Arguments.of(String.class, null, null),
				Arguments.of(CharSequence.class, bulk("a"), "a"), Arguments.of(char.class, bulk("\u00E4"), '\u00E4'),
				Arguments.of(Character.class, null, null), Arguments.of(byte[].class, BINARY, BINARY),
				Arguments.of(byte[].class, null, null), Arguments.of(ByteBuffer.class, BINARY, ByteBuffer.wrap(BINARY)),
				Arguments.of(Plan.class, bulk("PAID"), Plan.PAID), Arguments.of(Plan.class, null, null),
				// value types of the JDK
				Arguments.of(UUID.class, bulk("8c5e6f2e-6d5b-4e3c-9a35-0a3f5b1f2c4d"),
						UUID.fromString("8c5e6f2e-6d5b-4e3c-9a35-0a3f5b1f2c4d")),
				Arguments.of(URI.class, bulk("a:b"), URI.create("a:b")),
				Arguments.of(URL.class, bulk("http://localhost/"), new URL("http://localhost/")),
				Arguments.of(Locale.class, bulk("de_DE"), Locale.GERMANY),
				Arguments.of(Locale.class, bulk("zh-Hant-TW"), Locale.forLanguageTag("zh-Hant-TW")),
				Arguments.of(Currency.class, bulk("EUR"), Currency.getInstance("EUR")),
				Arguments.of(TimeZone.class, bulk("Europe/Berlin"), TimeZone.getTimeZone("Europe/Berlin")),
				Arguments.of(ZoneId.class, bulk("Europe/Berlin"), ZoneId.of("Europe/Berlin")),
				Arguments.of(ZoneOffset.class, bulk("+02:00"), ZoneOffset.ofHours(2)),
				Arguments.of(Charset.class, bulk("UTF-8"), StandardCharsets.UTF_8),
				Arguments.of(Path.class, bulk("a"), Path.of("a")), Arguments.of(File.class, bulk("a"), new File("a")),
				Arguments.of(InetAddress.class, bulk("10.0.0.255"), InetAddress.getByName("10.0.0.255")),
				Arguments.of(InetAddress.class, bulk("::1"), InetAddress.getByName("::1")),
				Arguments.of(UUID.class, null, null),
				// the optional ones
				Arguments.of(OptionalInt.class, 3L, OptionalInt.of(3)),
				Arguments.of(OptionalInt.class, null, OptionalInt.empty()),
				Arguments.of(OptionalLong.class, bulk("3"), OptionalLong.of(3)),
				Arguments.of(OptionalLong.class, null, OptionalLong.empty()),
				Arguments.of(OptionalDouble.class, bulk("0.5"), OptionalDouble.of(0.5)),
				Arguments.of(OptionalDouble.class, null, OptionalDouble.empty()),
				Arguments.of(Optional.class, bulk("x"), Optional.of("x")),
				Arguments.of(Optional.class, null, Optional.empty()),
				// void
				Arguments.of(void.class, 42L, null), Arguments.of(Void.class, array(1L), null),
				Arguments.of(void.class, null, null));
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void accepts(Class<?> type, @Nullable Object reply, @Nullable Object expected) {
		assertThat(Codecs.read(type, reply)).isEqualTo(expected);
	}

	@Test
	void optionalOfAnythingIsEmptyForNilOnly() {
		ParameterizedTypeReference<Optional<Boolean>> flag = new ParameterizedTypeReference<>() {
		};
		assertThat(Codecs.read(Codecs.type(flag), null)).isEqualTo(Optional.empty());
		assertThat(Codecs.read(Codecs.type(flag), 0L)).isEqualTo(Optional.of(false));
	}

	@Test
	void patternIsRead() {
		assertThat(Codecs.read(Pattern.class, bulk("a+"))).hasToString("a+");
	}

	static Stream<Arguments> refused() {
		return Stream.of(//
				Arguments.of(boolean.class, 2L, "boolean", "integer 2"),
				Arguments.of(Boolean.class, bulk("abc"), "boolean", "bulk string \"abc\""),
				Arguments.of(boolean.class, bulk(""), "boolean", "bulk string \"\""),
				Arguments.of(boolean.class, bulk("2"), "boolean", "bulk string \"2\""),
				Arguments.of(boolean.class, bulk("ok"), "boolean", "bulk string \"ok\""),
				Arguments.of(boolean.class, 1.0, "boolean", "double 1.0"),
				Arguments.of(boolean.class, array(), "boolean", "array of 0 elements"),
				//
				Arguments.of(int.class, null, "int", "nil"), Arguments.of(long.class, null, "long", "nil"),
				Arguments.of(double.class, null, "double", "nil"), Arguments.of(char.class, null, "char", "nil"),
				Arguments.of(byte.class, 128L, "byte", "integer 128, which overflows byte"),
				Arguments.of(short.class, -32769L, "short", "integer -32769, which overflows short"),
				Arguments.of(int.class, 2147483648L, "int", "integer 2147483648, which overflows int"),
				Arguments.of(Integer.class, bulk("2147483648"), "int",
						"bulk string \"2147483648\", which overflows int"),
				Arguments.of(long.class, bulk("9223372036854775808"), "long",
						"bulk string \"9223372036854775808\", which overflows long"),
				Arguments.of(long.class, bulk("-99999999999999999999"), "long",
						"bulk string \"-99999999999999999999\", which overflows long"),
				Arguments.of(long.class, HUGE, "long", "big number 9223372036854775808, which overflows long"),
				Arguments.of(int.class, 1.0, "int", "double 1.0"), Arguments.of(int.class, true, "int", "boolean true"),
				Arguments.of(int.class, array(1L), "int", "array of 1 element [integer 1]"),
				Arguments.of(BigInteger.class, 1.0, "BigInteger", "double 1.0"),
				Arguments.of(BigInteger.class, bulk("1.0"), "BigInteger", "bulk string \"1.0\""),
				//
				Arguments.of(double.class, 9007199254740993L, "double",
						"integer 9007199254740993, which double cannot hold exactly"),
				Arguments.of(double.class, Long.MAX_VALUE, "double",
						"integer 9223372036854775807, which double cannot hold exactly"),
				Arguments.of(float.class, 16777217L, "float", "integer 16777217, which float cannot hold exactly"),
				Arguments.of(double.class, HUGE.add(BigInteger.ONE), "double",
						"big number 9223372036854775809, which double cannot hold exactly"),
				Arguments.of(double.class, BigInteger.TEN.pow(400), "double",
						"big number 1" + "0".repeat(63) + "..., which overflows double"),
				Arguments.of(float.class, BigInteger.TEN.pow(40), "float",
						"big number 10000000000000000000000000000000000000000, which overflows float"),
				Arguments.of(double.class, bulk("1e400"), "double", "bulk string \"1e400\", which overflows double"),
				Arguments.of(double.class, bulk("1e-400"), "double",
						"bulk string \"1e-400\", which double rounds to zero"),
				Arguments.of(float.class, 1e300, "float", "double 1.0E300, which overflows float"),
				Arguments.of(float.class, 1e-300, "float", "double 1.0E-300, which float rounds to zero"),
				Arguments.of(float.class, bulk("1e39"), "float", "bulk string \"1e39\", which overflows float"),
				Arguments.of(double.class, true, "double", "boolean true"),
				Arguments.of(BigDecimal.class, bulk("inf"), "BigDecimal", "bulk string \"inf\""),
				Arguments.of(BigDecimal.class, Double.NaN, "BigDecimal", "double NaN"),
				Arguments.of(BigDecimal.class, bulk("1e99999999999"), "BigDecimal",
						"bulk string \"1e99999999999\", which overflows BigDecimal"),
				//
				Arguments.of(String.class, BINARY, "String",
						"bulk string \"a\\xFF\\x00\", which is not UTF-8: for raw bytes declare byte[]"),
				Arguments.of(String.class, 1.5, "String", "double 1.5"),
				Arguments.of(String.class, true, "String", "boolean true"),
				Arguments.of(CharSequence.class, array(), "CharSequence", "array of 0 elements"),
				Arguments.of(char.class, bulk("ab"), "char", "bulk string \"ab\", which is not one char"),
				Arguments.of(char.class, bulk(""), "char", "bulk string \"\", which is not one char"),
				Arguments.of(byte[].class, 1L, "byte[]", "integer 1"),
				Arguments.of(ByteBuffer.class, 1L, "ByteBuffer", "integer 1"),
				Arguments.of(Plan.class, bulk("paid"), "Plan", "bulk string \"paid\", which is none of FREE, PAID"),
				Arguments.of(Plan.class, 0L, "Plan", "integer 0"),
				//
				Arguments.of(UUID.class, bulk("x"), "UUID", "bulk string \"x\", which cannot be converted"),
				Arguments.of(UUID.class, bulk(""), "UUID", "bulk string \"\", which cannot be converted"),
				Arguments.of(Locale.class, bulk(""), "Locale", "bulk string \"\", which is converted to null"),
				Arguments.of(TimeZone.class, bulk("Nowhere"), "TimeZone",
						"bulk string \"Nowhere\", which cannot be converted"),
				Arguments.of(URI.class, 1L, "URI", "integer 1"),
				Arguments.of(OptionalInt.class, bulk(""), "int", "bulk string \"\""));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refuses(Class<?> type, @Nullable Object reply, String expected, String actual) {
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> Codecs.read(type, reply))
			.withMessage("expected " + expected + " but got " + actual)
			.satisfies((ex) -> assertThat(ex.getExpected()).isEqualTo(expected))
			.satisfies((ex) -> assertThat(ex.getActual()).isEqualTo(actual));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "1_000", "1L", "\u0661" })
	void onlyDigitsAreAnInteger(String text) {
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> Codecs.read(int.class, bulk(text)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "+1", " 1", "1 ", "1.", ".5", "1e", "1e+", "1e1.5", "0x1p3", "1d", "1f", "NaN",
			"Infinity", "1,5", "--1", "1.5.5" })
	void whatOnlyJavaTakesIsNoDecimal(String text) {
		for (Class<?> type : List.of(double.class, float.class, BigDecimal.class)) {
			assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> Codecs.read(type, bulk(text)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "256.1.1.1", "1.2.3", "1.2.3.4.5", "abc:def::zz", "zoo:bar", "1" })
	void hostNameIsNoAddressAndNotLookedUp(String text) {
		assertThatExceptionOfType(ReplyMismatchException.class)
			.isThrownBy(() -> Codecs.read(InetAddress.class, bulk(text)))
			.withCauseInstanceOf(Exception.class);
	}

	@Test
	void registeredConverterReadsABulkString() {
		ReplyDecoder decoder = new ReplyDecoders(List.of(Codecs.conversions()), null).forType(Codecs.type(UserId.class),
				ReplyFormat.AUTO);
		assertThat(decoder.decode(bulk("42"))).isEqualTo(new UserId("42"));
		assertThat(decoder.decode(null)).isNull();
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> decoder.decode(bulk("bad")))
			.withMessage("expected UserId but got bulk string \"bad\", which cannot be converted")
			.withRootCauseInstanceOf(IllegalArgumentException.class);
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> decoder.decode(bulk("")))
			.withMessage("expected UserId but got bulk string \"\", which is converted to null");
	}

	private static byte[] bulk(String text) {
		return Codecs.bulk(text);
	}

	private static List<@Nullable Object> array(@Nullable Object... elements) {
		return Codecs.array(elements);
	}

	enum Plan {

		FREE, PAID

	}

}
