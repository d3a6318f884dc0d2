package io.github.redislua.internal.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests for {@link Decimals} and {@link ShortestDecimal}.
 */
class DecimalsTests {

	private static final String ZEROS = "000000000000000000000000000000000000000";

	private static final int RANDOM_VALUES = 200_000;

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -1, 9, -9, 10, -10, 99, 100, -100, 1234567890, Integer.MAX_VALUE, Integer.MIN_VALUE,
			999_999_999_999_999_999L, 1_000_000_000_000_000_000L, -999_999_999_999_999_999L,
			-1_000_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE })
	void longIsDecimal(long value) {
		assertThat(ascii(Decimals.of(value))).isEqualTo(Long.toString(value));
	}

	@Test
	void everyLongIsAsTheJdkWritesIt() {
		Random random = new Random(1);
		for (int i = 0; i < RANDOM_VALUES; i++) {
			long value = random.nextLong() >> random.nextInt(64);
			checkLong(value);
		}
		long power = 1;
		for (int digits = 1; digits <= 19; digits++) {
			for (long value : new long[] { power - 1, power, power + 1 }) {
				checkLong(value);
				checkLong(-value);
			}
			power *= 10;
		}
	}

	@ParameterizedTest
	@CsvSource({ "0.0, 0", "-0.0, -0", "1.0, 1", "3.0, 3", "-3.0, -3", "0.1, 0.1", "-0.1, -0.1", "2.5, 2.5",
			"19.99, 19.99", "0.30000000000000004, 0.30000000000000004", "1e6, 1000000", "1e15, 1000000000000000",
			"9007199254740991.0, 9007199254740991", "9007199254740992.0, 9007199254740992", "1e16, 1e16",
			"1e300, 1e300", "-1.5e300, -1.5e300", "1.5e-7, 1.5e-7", "-1.5e-7, -1.5e-7", "0.001, 0.001",
			"0.0015, 0.0015", "0.0001, 1e-4", "12345678.9, 12345678.9", "2e23, 2e23", "8.41e21, 8.41e21", "1e23, 1e23",
			"5.684341886080802E-14, 5.684341886080802e-14", "4.9E-324, 5e-324", "1e22, 1e22",
			"1.7976931348623157E308, 1.7976931348623157e308", "2.2250738585072014E-308, 2.2250738585072014e-308",
			"9223372036854775807, 9223372036854775808", "Infinity, inf", "-Infinity, -inf" })
	void doubleIsTheShortestThatReadsBack(double value, String text) {
		String expected = (value == 0x1p63) ? "9223372036854776000" : text;
		assertThat(ascii(Decimals.of(value))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0.0, 0", "-0.0, -0", "1.0, 1", "0.1, 0.1", "16777215, 16777215", "16777216, 16777216",
			"123456789, 123456790", "1e10, 1e10", "1.5e-7, 1.5e-7", "3.4028235E38, 3.4028235e38", "1.4E-45, 1e-45",
			"1.17549435E-38, 1.1754944e-38", "0.33333334, 0.33333334", "3.3554432e7, 33554432", "Infinity, inf",
			"-Infinity, -inf" })
	void floatIsTheShortestThatReadsBack(float value, String text) {
		assertThat(ascii(Decimals.of(value))).isEqualTo(text);
	}

	@Test
	void nanIsRefused() {
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> Decimals.of(Double.NaN))
			.withMessage("is not a number");
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> Decimals.of(Float.NaN))
			.withMessage("is not a number");
	}

	@Test
	void everyDoubleReadsBackAndNothingShorterDoes() {
		Random random = new Random(2);
		for (int i = 0; i < RANDOM_VALUES; i++) {
			double value = randomDouble(random, i);
			if (!Double.isFinite(value)) {
				continue;
			}
			String text = ascii(Decimals.of(value));
			boolean integral = value == Math.rint(value) && Math.abs(value) < 0x1p53;
			check(Double.parseDouble(text) == value, text, value);
			check(integral || text.length() <= Double.toString(value).length(), text, value);
			assertShortest(text, new BigDecimal(value), (shorter) -> shorter.doubleValue() == value, integral);
		}
	}

	@Test
	void everyFloatReadsBackAndNothingShorterDoes() {
		Random random = new Random(3);
		for (int i = 0; i < RANDOM_VALUES; i++) {
			float value = (i % 2 == 0) ? Float.intBitsToFloat(random.nextInt())
					: Math.scalb(1f, random.nextInt(278) - 149);
			if (!Float.isFinite(value)) {
				continue;
			}
			String text = ascii(Decimals.of(value));
			check(Float.parseFloat(text) == value, text, value);
			assertShortest(text, new BigDecimal(value), (shorter) -> shorter.floatValue() == value,
					value == Math.rint(value) && Math.abs(value) < 0x1p24);
		}
	}

	@ParameterizedTest
	@CsvSource({ "2.50, 2.50", "0, 0", "-0.1, -0.1", "1E+3, 1000", "1E-10, 0.0000000001", "1E+39, 1" + ZEROS,
			"1E+40, 1E+40", "1E+1000000000, 1E+1000000000", "1E-1000000000, 1E-1000000000",
			"0.1234567890123456789012345678901234567890123, 0.1234567890123456789012345678901234567890123" })
	void bigDecimalIsPlainUnlessLong(BigDecimal value, String text) {
		assertThat(ascii(Decimals.of(value))).isEqualTo(text);
		assertThat(new BigDecimal(text)).isEqualByComparingTo(value);
	}

	@Test
	void everyBigDecimalReadsBack() {
		Random random = new Random(4);
		for (int i = 0; i < 20_000; i++) {
			BigDecimal value = new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(120) - 60);
			assertThat(new BigDecimal(ascii(Decimals.of(value)))).isEqualByComparingTo(value);
		}
	}

	@Test
	void localeDoesNotMatter() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			assertThat(ascii(Decimals.of(-1234567.5))).isEqualTo("-1234567.5");
			assertThat(ascii(Decimals.of(-1234567L))).isEqualTo("-1234567");
			assertThat(ascii(Decimals.of(new BigDecimal("1.5")))).isEqualTo("1.5");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	private static double randomDouble(Random random, int i) {
		return switch (i % 5) {
			case 0 -> random.nextInt(1_000_000_000) / 1000.0;
			case 1 -> random.nextDouble();
			case 2 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
			case 3 -> Double.parseDouble(random.nextInt(1000) + "e" + (random.nextInt(600) - 300));
			default -> Double.longBitsToDouble(random.nextLong());
		};
	}

	/**
	 * Searches for a decimal with fewer digits next to the exact value, on both sides.
	 */
	private static void assertShortest(String text, BigDecimal exact, Predicate<BigDecimal> readsBack,
			boolean integral) {
		if (integral) {
			// Written out in full: 100 is not longer than it needs to be for having two
			// zeros.
			check(text.equals((exact.signum() == 0) ? text : exact.toBigInteger().toString()), text, exact);
			return;
		}
		int digits = new BigDecimal(text).stripTrailingZeros().precision();
		if (digits == 1) {
			return;
		}
		for (RoundingMode mode : new RoundingMode[] { RoundingMode.UP, RoundingMode.DOWN }) {
			BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
			check(!readsBack.test(shorter), text, shorter);
		}
	}

	private static void checkLong(long value) {
		String text = ascii(Decimals.of(value));
		check(text.equals(Long.toString(value)), text, value);
	}

	private static void check(boolean condition, String text, Object value) {
		// A fluent assertion for each of a million values takes longer than the rest.
		if (!condition) {
			fail("%s was written as %s", value, text);
		}
	}

	private static String ascii(byte[] bytes) {
		return new String(bytes, StandardCharsets.US_ASCII);
	}

}
