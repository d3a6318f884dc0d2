package io.github.redislua.internal.codec.argument;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Codecs;
import io.github.redislua.internal.codec.UnsupportedTypeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests for {@link TimeArguments}.
 */
class TimeArgumentsTests {

	private static final Instant INSTANT = Instant.parse("2024-02-29T12:34:56.789012345Z");

	private static final Instant BEFORE_1970 = Instant.parse("1969-12-31T23:59:58.500Z");

	static Stream<Arguments> times() {
		Calendar calendar = new GregorianCalendar();
		calendar.setTimeInMillis(1234);
		java.sql.Timestamp timestamp = java.sql.Timestamp.from(INSTANT);
		return Stream.of(//
				Arguments.of(INSTANT, ChronoUnit.NANOS, "1709210096789012345"), //
				Arguments.of(INSTANT, ChronoUnit.MICROS, "1709210096789012"), //
				Arguments.of(INSTANT, ChronoUnit.MILLIS, "1709210096789"), //
				Arguments.of(INSTANT, ChronoUnit.SECONDS, "1709210096"), //
				Arguments.of(INSTANT, ChronoUnit.MINUTES, "28486834"), //
				Arguments.of(INSTANT, ChronoUnit.HOURS, "474780"), //
				Arguments.of(INSTANT, ChronoUnit.HALF_DAYS, "39565"), //
				Arguments.of(INSTANT, ChronoUnit.DAYS, "19782"), //
				Arguments.of(INSTANT, ChronoUnit.WEEKS, "2826"), //
				Arguments.of(BEFORE_1970, ChronoUnit.NANOS, "-1500000000"), //
				Arguments.of(BEFORE_1970, ChronoUnit.MILLIS, "-1500"), //
				Arguments.of(BEFORE_1970, ChronoUnit.SECONDS, "-2"), //
				Arguments.of(BEFORE_1970, ChronoUnit.DAYS, "-1"), //
				Arguments.of(Instant.EPOCH, ChronoUnit.DAYS, "0"), //
				Arguments.of(new Date(-1), ChronoUnit.MILLIS, "-1"), //
				Arguments.of(new Date(1999), ChronoUnit.SECONDS, "1"), //
				Arguments.of(timestamp, ChronoUnit.NANOS, "1709210096789012345"), //
				Arguments.of(new java.sql.Date(5), ChronoUnit.MILLIS, "5"), //
				Arguments.of(calendar, ChronoUnit.MILLIS, "1234"), //
				Arguments.of(ZonedDateTime.ofInstant(INSTANT, ZoneId.of("Asia/Tokyo")), ChronoUnit.SECONDS,
						"1709210096"),
				Arguments.of(OffsetDateTime.ofInstant(INSTANT, ZoneOffset.ofHours(-5)), ChronoUnit.SECONDS,
						"1709210096"),
				Arguments.of(Duration.ofMillis(1500), ChronoUnit.MILLIS, "1500"), //
				Arguments.of(Duration.ofMillis(1500), ChronoUnit.SECONDS, "1"), //
				Arguments.of(Duration.ofDays(3), ChronoUnit.HOURS, "72"), //
				Arguments.of(Duration.ofMillis(-1500), ChronoUnit.SECONDS, "-2"), //
				Arguments.of(Duration.ZERO, ChronoUnit.NANOS, "0"), //
				Arguments.of(Duration.ofMillis(Long.MIN_VALUE), ChronoUnit.MILLIS, "-9223372036854775808"), //
				Arguments.of(Duration.ofNanos(Long.MIN_VALUE), ChronoUnit.NANOS, "-9223372036854775808"), //
				Arguments.of(Duration.ofMillis(Long.MAX_VALUE), ChronoUnit.MILLIS, "9223372036854775807"));
	}

	@ParameterizedTest
	@MethodSource("times")
	void wholeNumberOfTheUnit(Object value, ChronoUnit unit, String expected) {
		assertThat(encode(value, unit)).isEqualTo(expected);
		ArgumentEncoder object = Codecs.ENCODERS.forArgument(Codecs.type(Object.class), unit, false);
		assertThat(Codecs.sendAll(object, List.of(value))).containsExactly(expected);
	}

	@Test
	void overflowIsTheArgumentsFault() {
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> encode(Instant.MAX, ChronoUnit.MILLIS))
			.withMessage("does not fit a 64-bit number of millis");
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> encode(Instant.MIN, ChronoUnit.NANOS))
			.withMessage("does not fit a 64-bit number of nanos");
		assertThat(encode(Instant.MAX, ChronoUnit.SECONDS)).isEqualTo("31556889864403199");
	}

	@ParameterizedTest
	@EnumSource(names = { "MONTHS", "YEARS", "ERAS", "FOREVER" })
	void unitsWithoutAFixedLengthAreRefused(ChronoUnit unit) {
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> Codecs.ENCODERS.forArgument(Codecs.type(Duration.class), unit, false))
			.withMessage("the unit " + unit.name() + " has no fixed length: use a unit from NANOS to WEEKS");
		assertThat(Codecs.text(Codecs.ENCODERS.forArgument(Codecs.type(String.class), unit, false).encode("x")))
			.isEqualTo("x");
	}

	@Test
	void everyInstantIsRoundedDown() {
		Random random = new Random(5);
		for (int i = 0; i < 100_000; i++) {
			Instant instant = Instant.ofEpochSecond(random.nextInt() >> random.nextInt(32),
					random.nextInt(1_000_000_000));
			ChronoUnit unit = ChronoUnit.values()[random.nextInt(ChronoUnit.WEEKS.ordinal() + 1)];
			String expected = floored(instant, unit).toString();
			if (!encode(instant, unit).equals(expected)) {
				fail("%s is %s %s", instant, expected, unit);
			}
		}
	}

	@Test
	void noLengthButZeroIsZero() {
		Random random = new Random(7);
		for (int i = 0; i < 100_000; i++) {
			Duration length = Duration.ofSeconds((random.nextBoolean()) ? 0 : random.nextInt() >> random.nextInt(32),
					random.nextInt(1_000_000_000) >> random.nextInt(30));
			ChronoUnit unit = ChronoUnit.values()[random.nextInt(ChronoUnit.WEEKS.ordinal() + 1)];
			boolean sent = !length.minus(unit.getDuration()).isNegative() || length.isNegative() || length.isZero();
			String count = null;
			try {
				count = encode(length, unit);
			}
			catch (ArgumentException ex) {
				assertThat(ex).hasMessageContaining(length.toString());
			}
			assertThat(count != null).as("%s in %s", length, unit).isEqualTo(sent);
			assertThat("0".equals(count)).as("%s in %s", length, unit).isEqualTo(length.isZero());
		}
	}

	@Test
	void aLengthThatWouldBecomeZeroIsRefused() {
		assertThatExceptionOfType(ArgumentException.class)
			.isThrownBy(() -> encode(Duration.ofMillis(999), ChronoUnit.SECONDS))
			.withMessage("is PT0.999S, which is less than one of its unit (seconds) and would be sent as 0: round it "
					+ "yourself, or declare a finer unit");
		assertThat(encode(Duration.ofMillis(-1), ChronoUnit.SECONDS)).isEqualTo("-1");
		assertThat(encode(Instant.ofEpochMilli(999), ChronoUnit.SECONDS)).isEqualTo("0");
	}

	private static BigInteger floored(Instant instant, ChronoUnit unit) {
		BigInteger nanos = nanos(instant.getEpochSecond(), instant.getNano());
		BigInteger length = nanos(unit.getDuration().getSeconds(), unit.getDuration().getNano());
		BigInteger[] division = nanos.divideAndRemainder(length);
		return (division[1].signum() < 0) ? division[0].subtract(BigInteger.ONE) : division[0];
	}

	private static BigInteger nanos(long seconds, int nanos) {
		return BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(1_000_000_000)).add(BigInteger.valueOf(nanos));
	}

	private static String encode(Object value, ChronoUnit unit) {
		return Codecs.text(Codecs.ENCODERS.forArgument(Codecs.type(value.getClass()), unit, false).encode(value));
	}

}
