package io.github.redislua.internal.codec.argument;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SpreadArguments}: one Java value that is any number of wire values.
 */
class SpreadArgumentsTests {

	private static final ResolvableType STRINGS = Codecs.type(new ParameterizedTypeReference<List<String>>() {
	});

	static Stream<Arguments> spreadValues() {
		Map<String, Integer> map = new LinkedHashMap<>();
		map.put("b", 2);
		map.put("a", 1);
		return Stream.of(//
				Arguments.of(STRINGS, List.of("a", "b"), List.of("a", "b")), //
				Arguments.of(STRINGS, List.of(), List.of()), //
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Set<Long>>() {
				}), new LinkedHashSet<>(List.of(2L, 1L)), List.of("2", "1")), //
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Collection<? extends Number>>() {
				}), List.of(2L, 0.5), List.of("2", "0.5")), //
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<? super String>>() {
				}), List.of("a", 1), List.of("a", "1")), //
				Arguments.of(Codecs.type(new ParameterizedTypeReference<ArrayDeque<Instant>>() {
				}), new ArrayDeque<>(List.of(Instant.ofEpochSecond(1))), List.of("1000")), //
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<byte[]>>() {
				}), List.of(new byte[] { 'x' }), List.of("x")), //
				Arguments.of(Codecs.type(List.class), List.of("a", 1, true), List.of("a", "1", "1")), //
				Arguments.of(Codecs.type(Names.class), new Names(), List.of("x")), //
				Arguments.of(Codecs.type(String[].class), new String[] { "a", "b" }, List.of("a", "b")), //
				Arguments.of(Codecs.type(Object[].class), new Object[] { "a", 1.5 }, List.of("a", "1.5")), //
				Arguments.of(Codecs.type(Byte[].class), new Byte[] { 1 }, List.of("1")), //
				Arguments.of(Codecs.type(byte[][].class), new byte[][] { { 'x' }, {} }, List.of("x", "")), //
				Arguments.of(Codecs.type(short[].class), new short[] { 1, -1 }, List.of("1", "-1")), //
				Arguments.of(Codecs.type(int[].class), new int[] { 1, -1 }, List.of("1", "-1")), //
				Arguments.of(Codecs.type(long[].class), new long[] { 1, Long.MIN_VALUE },
						List.of("1", "-9223372036854775808")), //
				Arguments.of(Codecs.type(float[].class), new float[] { 0.1f }, List.of("0.1")), //
				Arguments.of(Codecs.type(double[].class), new double[] { 0.1, 2 }, List.of("0.1", "2")), //
				Arguments.of(Codecs.type(boolean[].class), new boolean[] { true, false }, List.of("1", "0")), //
				Arguments.of(Codecs.type(char[].class), new char[] { 'a', '\u00E4' }, List.of("a", "\u00E4")), //
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Map<String, Integer>>() {
				}), map, List.of("b", "2", "a", "1")), //
				Arguments.of(Codecs.type(Map.class), map, List.of("b", "2", "a", "1")), //
				Arguments.of(Codecs.type(Object.class), map, List.of("b", "2", "a", "1")));
	}

	@ParameterizedTest
	@MethodSource("spreadValues")
	void oneWireValueAnElement(ResolvableType type, Object value, List<String> expected) {
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(type, ChronoUnit.MILLIS, false);
		assertThat(encoder.isSpread()).isTrue();
		assertThat(Codecs.sendAll(encoder, value)).isEqualTo(expected);
	}

	@Test
	void thereIsNoSingleWireValue() {
		ArgumentEncoder encoder = Codecs.ENCODERS.forArgument(STRINGS, ChronoUnit.MILLIS, false);
		assertThatIllegalStateException().isThrownBy(() -> encoder.encode(List.of("a")));
	}

	static Stream<Arguments> unsendableValues() {
		return Stream.of(Arguments.of(STRINGS, Arrays.asList("a", "b", "c", null), "has a null element at index 3"),
				Arguments.of(STRINGS, List.of("a", "b\uD800"),
						"has at index 1 an element that holds an unpaired surrogate at index 1, which has no UTF-8 "
								+ "form"),
				Arguments.of(STRINGS, List.of("a", 1),
						"has at index 1 an element that is a java.lang.Integer, which the declared type rules out"),
				Arguments.of(Codecs.type(String[].class), new String[] { null }, "has a null element at index 0"),
				Arguments.of(Codecs.type(double[].class), new double[] { 1, Double.NaN },
						"has at index 1 an element that is not a number"),
				Arguments.of(Codecs.type(char[].class), new char[] { '\uDC00' },
						"has at index 0 an element that holds an unpaired surrogate at index 0, which has no UTF-8 "
								+ "form"),
				Arguments.of(Codecs.type(List.class), List.of(new ArrayList<>()),
						"has at index 0 an element that is a java.util.ArrayList, which is not a single value: "
								+ "flatten it"),
				Arguments.of(Codecs.type(Map.class), Collections.singletonMap(null, 1), "has a null key"),
				Arguments.of(Codecs.type(Map.class), Collections.singletonMap("x", null),
						"has a null value for the key 'x'"),
				Arguments.of(Codecs.type(Map.class), Map.of(Double.NaN, 1), "has a key that is not a number"),
				Arguments.of(Codecs.type(Map.class), Map.of("x", Double.NaN),
						"has for the key 'x' a value that is not a number"));
	}

	@ParameterizedTest
	@MethodSource("unsendableValues")
	void unsendableElementIsNamed(ResolvableType type, Object value, String message) {
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> Codecs.sendAll(type, value))
			.withMessage(message);
	}

	static final class Names extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

		Names() {
			super(List.of("x"));
		}

	}

}
