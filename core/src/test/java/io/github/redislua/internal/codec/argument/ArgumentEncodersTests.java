package io.github.redislua.internal.codec.argument;

import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.support.GenericConversionService;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Codecs;
import io.github.redislua.internal.codec.Codecs.UserId;
import io.github.redislua.internal.codec.JsonCodecException;
import io.github.redislua.internal.codec.UnsupportedTypeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ArgumentEncoders}: what a parameter of each type is on the wire.
 */
class ArgumentEncodersTests {

	static Stream<Arguments> singleValues() throws Exception {
		return Stream.of(//
				Arguments.of(String.class, "gr\u00FC\u00DFe \uD83D\uDE00", "gr\u00FC\u00DFe \uD83D\uDE00"),
				Arguments.of(String.class, "", ""), //
				Arguments.of(CharSequence.class, new StringBuilder("abc"), "abc"),
				Arguments.of(StringBuilder.class, new StringBuilder("abc"), "abc"), //
				Arguments.of(char.class, '\u00E4', "\u00E4"), //
				Arguments.of(Character.class, 'x', "x"), //
				Arguments.of(byte.class, (byte) -128, "-128"), //
				Arguments.of(Byte.class, (byte) 7, "7"), //
				Arguments.of(short.class, (short) -5, "-5"), //
				Arguments.of(Short.class, (short) 5, "5"), //
				Arguments.of(int.class, 42, "42"), //
				Arguments.of(Integer.class, Integer.MIN_VALUE, "-2147483648"), //
				Arguments.of(long.class, Long.MIN_VALUE, "-9223372036854775808"), //
				Arguments.of(Long.class, 0L, "0"), //
				Arguments.of(BigInteger.class, new BigInteger("123456789012345678901234567890"),
						"123456789012345678901234567890"),
				Arguments.of(AtomicInteger.class, new AtomicInteger(3), "3"), //
				Arguments.of(AtomicLong.class, new AtomicLong(-3), "-3"), //
				Arguments.of(float.class, 0.1f, "0.1"), //
				Arguments.of(Float.class, 1e10f, "1e10"), //
				Arguments.of(double.class, 3.0, "3"), //
				Arguments.of(Double.class, 1.5e-7, "1.5e-7"), //
				Arguments.of(BigDecimal.class, new BigDecimal("2.50"), "2.50"), //
				Arguments.of(boolean.class, true, "1"), //
				Arguments.of(Boolean.class, false, "0"), //
				Arguments.of(Plan.class, Plan.FREE, "FREE"), //
				Arguments.of(Plan.class, Plan.PAID, "PAID"), //
				Arguments.of(Plan.PAID.getClass(), Plan.PAID, "PAID"), //
				Arguments.of(Enum.class, Plan.PAID, "PAID"), //
				Arguments.of(DayOfWeek.class, DayOfWeek.FRIDAY, "FRIDAY"), //
				Arguments.of(UUID.class, UUID.fromString("8c5e6f2e-6d5b-4e3c-9a35-0a3f5b1f2c4d"),
						"8c5e6f2e-6d5b-4e3c-9a35-0a3f5b1f2c4d"),
				Arguments.of(URI.class, URI.create("a:b"), "a:b"), //
				Arguments.of(URL.class, new URL("http://localhost/x"), "http://localhost/x"), //
				Arguments.of(Locale.class, Locale.GERMANY, "de_DE"), //
				Arguments.of(Locale.class, Locale.forLanguageTag("zh-Hant-TW"), "zh-Hant-TW"), //
				Arguments.of(Currency.class, Currency.getInstance("EUR"), "EUR"), //
				Arguments.of(TimeZone.class, TimeZone.getTimeZone("Europe/Berlin"), "Europe/Berlin"), //
				Arguments.of(ZoneId.class, ZoneId.of("Europe/Berlin"), "Europe/Berlin"), //
				Arguments.of(ZoneOffset.class, ZoneOffset.ofHours(2), "+02:00"), //
				Arguments.of(Charset.class, StandardCharsets.UTF_8, "UTF-8"), //
				Arguments.of(Path.class, Path.of("a", "b"), "a" + File.separator + "b"), //
				Arguments.of(File.class, new File("a.lua"), "a.lua"), //
				Arguments.of(Pattern.class, Pattern.compile("a+"), "a+"), //
				Arguments.of(InetAddress.class, InetAddress.getByName("127.0.0.1"), "127.0.0.1"), //
				Arguments.of(Number.class, 5L, "5"), //
				Arguments.of(Number.class, 0.5, "0.5"), //
				Arguments.of(Comparable.class, "x", "x"), //
				Arguments.of(Temporal.class, Instant.ofEpochMilli(12), "12"));
	}

	@ParameterizedTest
	@MethodSource("singleValues")
	void singleValue(Class<?> type, Object value, String expected) {
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(Codecs.type(type), ChronoUnit.MILLIS, false);
		assertThat(encoder.isSpread()).isFalse();
		assertThat(Codecs.text(encoder.encode(value))).isEqualTo(expected);
		assertThat(Codecs.sendAll(encoder, value)).containsExactly(expected);
	}

	@ParameterizedTest
	@MethodSource("singleValues")
	void keyIsAsAnArgument(Class<?> type, Object value, String expected) {
		assertThat(Codecs.text(Codecs.ENCODERS.forKey(Codecs.type(type)).encode(value))).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("singleValues")
	void objectIsSentByItsClass(Class<?> type, Object value, String expected) {
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(Codecs.type(Object.class), ChronoUnit.MILLIS, false);
		assertThat(Codecs.text(encoder.encode(value))).isEqualTo(expected);
		assertThat(Codecs.sendAll(encoder, value)).containsExactly(expected);
		assertThat(Codecs.sendAll(encoder, List.of(value, value))).containsExactly(expected, expected);
	}

	@Test
	void bytesAreSentAsTheyAreAndCopied() {
		byte[] bytes = { 0, (byte) 0xFF, '"' };
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(Codecs.type(byte[].class), ChronoUnit.MILLIS, false);
		assertThat(encoder.isSpread()).isFalse();
		assertThat(encoder.encode(bytes)).isEqualTo(bytes).isNotSameAs(bytes);
	}

	@Test
	void bufferIsSentFromItsPositionWhichStays() {
		ByteBuffer buffer = ByteBuffer.allocateDirect(8).put(new byte[] { 1, 2, 3, 4 }).flip().position(1);
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(Codecs.type(ByteBuffer.class), ChronoUnit.MILLIS, false);
		assertThat(encoder.encode(buffer)).containsExactly(2, 3, 4);
		assertThat(encoder.encode(buffer.asReadOnlyBuffer())).containsExactly(2, 3, 4);
		assertThat(buffer.position()).isEqualTo(1);
	}

	@Test
	void registeredConverterIsAskedInOrder() {
		ArgumentEncoders encoders = new ArgumentEncoders(List.of(new GenericConversionService(), Codecs.conversions()),
				null);
		ArgumentEncoder encoder = encoders.forArgument(Codecs.type(UserId.class), ChronoUnit.MILLIS, false);
		assertThat(Codecs.text(encoder.encode(new UserId("42")))).isEqualTo("42");
		ArgumentEncoder object = encoders.forArgument(Codecs.type(Object.class), ChronoUnit.MILLIS, false);
		assertThat(Codecs.text(object.encode(new UserId("42")))).isEqualTo("42");
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> encoder.encode(new UserId(null)))
			.withMessage("is converted to null");
	}

	@Test
	void failingConverterIsTheArgumentsFault() {
		GenericConversionService service = new GenericConversionService();
		service.addConverter(UserId.class, String.class, (id) -> {
			throw new IllegalStateException("no");
		});
		ArgumentEncoder encoder = new ArgumentEncoders(List.of(service), null).forKey(Codecs.type(UserId.class));
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> encoder.encode(new UserId("1")))
			.withMessage("is refused by its converter")
			.withRootCauseExactlyInstanceOf(IllegalStateException.class);
	}

	@Test
	void userTypeIsNeverSentByItsToString() {
		assertThatExceptionOfType(UnsupportedTypeException.class).isThrownBy(() -> Codecs.send(UserId.class, "x"))
			.withMessage(
					"io.github.redislua.internal.codec.Codecs.UserId cannot be sent as text: annotate the parameter with "
							+ "@Arg(json = true), or register a Converter<UserId, String>");
		assertThatExceptionOfType(ArgumentException.class)
			.isThrownBy(() -> Codecs.sendAll(Codecs.type(Object.class), new UserId("42")))
			.withMessage(
					"is a io.github.redislua.internal.codec.Codecs.UserId, which cannot be sent as text: annotate the "
							+ "parameter with @Arg(json = true), or register a Converter<UserId, String>");
	}

	static Stream<Arguments> unsupportedTypes() {
		return Stream.of(
				Arguments.of(Codecs.type(Stream.class),
						"java.util.stream.Stream cannot be sent: it can be read only once, so collect it to a List"),
				Arguments.of(Codecs.type(IntStream.class),
						"java.util.stream.IntStream cannot be sent: it can be read "
								+ "only once, so collect it to a List"),
				Arguments.of(Codecs.type(Iterable.class), "java.lang.Iterable cannot be sent: declare a Collection"),
				Arguments.of(Codecs.type(LocalDateTime.class),
						"java.time.LocalDateTime is no point in time without a zone, so it has no number of MILLIS "
								+ "since the epoch: use an Instant or a ZonedDateTime, annotate the parameter with "
								+ "@Arg(json = true), or register a Converter<LocalDateTime, String>"),
				Arguments.of(Codecs.type(LocalDate.class),
						"java.time.LocalDate is no point in time without a zone, so it has no number of MILLIS "
								+ "since the epoch: use an Instant or a ZonedDateTime, annotate the parameter with "
								+ "@Arg(json = true), or register a Converter<LocalDate, String>"),
				Arguments.of(Codecs.type(LocalTime.class),
						"java.time.LocalTime is no point in time without a zone, so it has no number of MILLIS "
								+ "since the epoch: use an Instant or a ZonedDateTime, annotate the parameter with "
								+ "@Arg(json = true), or register a Converter<LocalTime, String>"),
				Arguments.of(Codecs.type(Period.class),
						"java.time.Period has no fixed length, since months and days differ: use a Duration, "
								+ "annotate the parameter with @Arg(json = true), or register a Converter<Period, String>"),
				Arguments.of(Codecs.type(Thread.class),
						"java.lang.Thread cannot be sent as text: annotate the parameter with @Arg(json = true), or "
								+ "register a Converter<Thread, String>"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<List<String>>>() {
				}), "List<List<String>> cannot be sent as text: what is nested in it has no flat form, so flatten it "
						+ "or annotate the parameter with @Arg(json = true)"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Map<String, int[]>>() {
				}), "Map<String, int[]> cannot be sent as text: what is nested in it has no flat form, so flatten it "
						+ "or annotate the parameter with @Arg(json = true)"),
				Arguments.of(Codecs.type(int[][].class),
						"int[][] cannot be sent as text: what is nested in it has no "
								+ "flat form, so flatten it or annotate the parameter with @Arg(json = true)"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<Optional<String>>>() {
				}), "java.util.Optional cannot be sent from here: unwrap it, only the parameter itself may be "
						+ "optional"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<Optional<String>>>() {
				}), "java.util.Optional cannot be sent from here: unwrap it, only the parameter itself may be "
						+ "optional"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<UserId>>() {
				}), "io.github.redislua.internal.codec.Codecs.UserId cannot be sent as text: annotate the parameter with "
						+ "@Arg(json = true), or register a Converter<UserId, String>"));
	}

	@ParameterizedTest
	@MethodSource("unsupportedTypes")
	void unsupportedTypeSaysWhatToDo(ResolvableType type, String message) {
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> Codecs.ENCODERS.forArgument(type, ChronoUnit.MILLIS, false))
			.withMessage(message);
	}

	@Test
	void mapIsNoKey() {
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> Codecs.ENCODERS.forKey(Codecs.type(Map.class)))
			.withMessage("a Map cannot be used as keys");
		ArgumentEncoder object = Codecs.ENCODERS.forKey(Codecs.type(Object.class));
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> Codecs.sendAll(object, new TreeMap<>()))
			.withMessage("is a java.util.TreeMap: a Map cannot be used as keys");
	}

	@Test
	void optionalHasTheEncoderOfItsContent() {
		assertThat(Codecs.sendAll(Codecs.type(new ParameterizedTypeReference<Optional<Duration>>() {
		}), Duration.ofSeconds(2))).containsExactly("2000");
		assertThat(Codecs.sendAll(Codecs.type(new ParameterizedTypeReference<Optional<List<Integer>>>() {
		}), List.of(1, 2))).containsExactly("1", "2");
		assertThat(Codecs.send(OptionalInt.class, 1)).isEqualTo("1");
		assertThat(Codecs.send(OptionalLong.class, 2L)).isEqualTo("2");
		assertThat(Codecs.send(OptionalDouble.class, 0.5)).isEqualTo("0.5");
		assertThat(Codecs.send(Optional.class, "raw")).isEqualTo("raw");
		assertThat(Codecs.text(Codecs.ENCODERS.forKey(Codecs.type(OptionalInt.class)).encode(1))).isEqualTo("1");
	}

	@Test
	void optionalsAreUnwrapped() {
		assertThat(ArgumentEncoders.isOptional(Optional.class)).isTrue();
		assertThat(ArgumentEncoders.isOptional(OptionalInt.class)).isTrue();
		assertThat(ArgumentEncoders.isOptional(OptionalLong.class)).isTrue();
		assertThat(ArgumentEncoders.isOptional(OptionalDouble.class)).isTrue();
		assertThat(ArgumentEncoders.isOptional(String.class)).isFalse();
		assertThat(ArgumentEncoders.unwrapOptional(Optional.of("a"))).isEqualTo("a");
		assertThat(ArgumentEncoders.unwrapOptional(Optional.empty())).isNull();
		assertThat(ArgumentEncoders.unwrapOptional(OptionalInt.of(1))).isEqualTo(1);
		assertThat(ArgumentEncoders.unwrapOptional(OptionalInt.empty())).isNull();
		assertThat(ArgumentEncoders.unwrapOptional(OptionalLong.of(1))).isEqualTo(1L);
		assertThat(ArgumentEncoders.unwrapOptional(OptionalLong.empty())).isNull();
		assertThat(ArgumentEncoders.unwrapOptional(OptionalDouble.of(0.5))).isEqualTo(0.5);
		assertThat(ArgumentEncoders.unwrapOptional(OptionalDouble.empty())).isNull();
		assertThat(ArgumentEncoders.unwrapOptional("not optional")).isEqualTo("not optional");
	}

	@Test
	void jsonIsOneTextWhateverTheType() {
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(Codecs.type(List.class), ChronoUnit.MILLIS, true);
		assertThat(encoder.isSpread()).isFalse();
		assertThat(Codecs.text(encoder.encode(List.of(1, 2)))).isEqualTo("[1,2]");
		assertThat(Codecs.text(encoder.encode(new UserId("42")))).isEqualTo("{\"value\":\"42\"}");
		assertThat(Codecs.text(encoder.encode("5"))).isEqualTo("\"5\"");
	}

	@Test
	void jsonNeedsJackson() {
		ArgumentEncoders encoders = new ArgumentEncoders(List.of(), null);
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> encoders.forArgument(Codecs.type(Object.class), ChronoUnit.MILLIS, true))
			.withMessage("@Arg(json = true) needs Jackson on the class path");
	}

	@Test
	void whatIsNoJsonIsTheArgumentsFault() {
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(Codecs.type(Object.class), ChronoUnit.MILLIS, true);
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> encoder.encode(new Object()))
			.withMessage("cannot be written as JSON")
			.withCauseInstanceOf(JsonCodecException.class);
	}

	@Test
	void unresolvedTypeVariableIsSentByTheClassOfTheValue() throws NoSuchMethodException {
		ResolvableType type = ResolvableType.forMethodParameter(Generic.class.getDeclaredMethod("send", Object.class),
				0);
		assertThat(Codecs.sendAll(type, 5)).containsExactly("5");
		assertThat(Codecs.sendAll(Codecs.type(Serializable.class), new int[] { 1, 2 })).containsExactly("1", "2");
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(type, ChronoUnit.MILLIS, false);
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> encoder.encode(List.of()))
			.withMessageContaining("which is not a single value");
	}

	enum Plan {

		FREE, PAID {

			@Override
			int seats() {
				return 2;
			}

		};

		int seats() {
			return 1;
		}

	}

	interface Generic<T> {

		void send(T value);

	}

}
