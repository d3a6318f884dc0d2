package io.github.redislua.internal.codec.reply;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.support.GenericConversionService;

import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.Codecs;
import io.github.redislua.internal.codec.UnsupportedTypeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Return types that are refused at start-up, and what the messages advise.
 */
class UnsupportedRepliesTests {

	static Stream<Arguments> unsupported() {
		String time = "a number has no unit, so declare a long, or register a Converter<String, ";
		return Stream.of(//
				message(Stream.class, "declare a List"), //
				message(SortedSet.class, "declare a List or a Set"), //
				message(Deque.class, "declare a List or a Set"), //
				message(SortedMap.class, "declare a Map"), //
				message(Number.class, "declare a long, a double or a BigDecimal"), //
				message(AtomicLong.class, "declare a long, a double or a BigDecimal"), //
				message(Instant.class, time + "Instant>"), //
				message(Duration.class, time + "Duration>"), //
				message(LocalDate.class, time + "LocalDate>"), //
				message(Date.class, time + "Date>"), //
				message(Thread.class,
						"declare reply = ReplyFormat.JSON, return a record, or register a Converter<String, Thread>"),
				message(Order.class,
						"declare reply = ReplyFormat.JSON, return a record, or register a Converter<String, Order>"),
				message(Orders.class,
						"declare reply = ReplyFormat.JSON, return a record, or register a Converter<String, Orders>"));
	}

	private static Arguments message(Class<?> type, String advice) {
		return Arguments.of(type, type.getCanonicalName() + " cannot be read from a reply: " + advice);
	}

	@ParameterizedTest
	@MethodSource("unsupported")
	void saysWhatToDo(Class<?> type, String message) {
		assertThatExceptionOfType(UnsupportedTypeException.class).isThrownBy(() -> Codecs.read(type, null))
			.withMessage(message);
		ResolvableType list = ResolvableType.forClassWithGenerics(List.class, type);
		assertThatExceptionOfType(UnsupportedTypeException.class).isThrownBy(() -> Codecs.read(list, null))
			.withMessage(message);
	}

	@Test
	void byteArraysAreNeitherKeysNorMembersOfASet() {
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> Codecs.read(Codecs.type(new ParameterizedTypeReference<Set<byte[]>>() {
			}), null))
			.withMessage("Set<byte[]> cannot be read from a reply: equal arrays are not equal to Java, so declare "
					+ "ByteBuffer or List");
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> Codecs.read(Codecs.type(new ParameterizedTypeReference<Map<byte[], Long>>() {
			}), null))
			.withMessageStartingWith("Map<byte[], Long> cannot be read");
	}

	@Test
	void mapFormatNeedsARecordOrAMap() {
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> Codecs.read(Codecs.type(new ParameterizedTypeReference<List<Long>>() {
			}), ReplyFormat.MAP, null))
			.withMessage(
					"List<Long> has no fields: reply = ReplyFormat.MAP needs a record or a Map in the return type");
	}

	@Test
	void registeredConverterMakesAnyTypeReadable() {
		GenericConversionService service = new GenericConversionService();
		service.addConverter(String.class, Instant.class, Instant::parse);
		ReplyDecoder decoder = new ReplyDecoders(List.of(service), null).forType(Codecs.type(Instant.class),
				ReplyFormat.AUTO);
		assertThat(decoder.decode(Codecs.bulk("1970-01-01T00:00:00Z"))).isEqualTo(Instant.EPOCH);
	}

	@Test
	void supertypeOfStringIsNotConverted() {
		ReplyDecoders decoders = new ReplyDecoders(List.of(new GenericConversionService()), null);
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> decoders.forType(Codecs.type(Comparable.class), ReplyFormat.AUTO));
	}

	/**
	 * Spring's default conversion would make one of any text.
	 */
	static class Order {

		Order(String text) {
		}

		static Order valueOf(String text) {
			return new Order(text);
		}

	}

	interface Orders extends Iterable<Order> {

	}

}
