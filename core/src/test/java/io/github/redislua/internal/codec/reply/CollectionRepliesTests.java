package io.github.redislua.internal.codec.reply;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.Codecs;
import io.github.redislua.internal.codec.MapReply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Lists, sets, arrays, maps and {@code Object}, nested to any depth.
 */
class CollectionRepliesTests {

	private static final ResolvableType LONGS = Codecs.type(new ParameterizedTypeReference<List<Long>>() {
	});

	private static final ResolvableType COUNTS = Codecs.type(new ParameterizedTypeReference<Map<String, Long>>() {
	});

	static Stream<Arguments> accepted() {
		return Stream.of(//
				Arguments.of(LONGS, array(1L, bulk("2"), null), Arrays.asList(1L, 2L, null)),
				Arguments.of(LONGS, array(), List.of()), Arguments.of(LONGS, null, null),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Collection<String>>() {
				}), array(bulk("a")), List.of("a")),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Iterable<String>>() {
				}), array(bulk("a")), List.of("a")),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<ArrayList<? extends String>>() {
				}), array(bulk("a")), List.of("a")),
				Arguments.of(Codecs.type(List.class), array(bulk("a"), 1L), List.of("a", 1L)),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<?>>() {
				}), array(bulk("a"), array(1L)), List.of("a", List.of(1L))),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Set<Integer>>() {
				}), array(2L, 1L, 2L), new LinkedHashSet<>(List.of(2, 1))),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<Boolean>>() {
				}), array(1L, null), List.of(true, false)),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<List<Set<Long>>>>() {
				}), array(array(array(1L), null), null), Arrays.asList(Arrays.asList(Set.of(1L), null), null)),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<List<Long>>>() {
				}), array(1L), Optional.of(List.of(1L))),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<Optional<Long>>>() {
				}), array(1L, null), List.of(Optional.of(1L), Optional.empty())),
				Arguments.of(Codecs.type(String[].class), array(bulk("a"), null), new String[] { "a", null }),
				Arguments.of(Codecs.type(String[].class), null, null),
				Arguments.of(Codecs.type(Object[].class), array(bulk("a"), 1L), new Object[] { "a", 1L }),
				Arguments.of(Codecs.type(byte[][].class), array(bulk("a"), bulk("b")),
						new byte[][] { { 'a' }, { 'b' } }),
				Arguments.of(Codecs.type(boolean[].class), array(1L, null), new boolean[] { true, false }),
				Arguments.of(Codecs.type(short[].class), array(1L), new short[] { 1 }),
				Arguments.of(Codecs.type(int[].class), array(1L, bulk("2")), new int[] { 1, 2 }),
				Arguments.of(Codecs.type(long[].class), array(1L), new long[] { 1 }),
				Arguments.of(Codecs.type(float[].class), array(bulk("0.5")), new float[] { 0.5f }),
				Arguments.of(Codecs.type(double[].class), array(0.5, 1L), new double[] { 0.5, 1 }),
				Arguments.of(Codecs.type(char[].class), array(bulk("a")), new char[] { 'a' }),
				Arguments.of(Codecs.type(int[][].class), array(array(1L), array()), new int[][] { { 1 }, {} }),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<String>[]>() {
				}), array(array(bulk("a"))), new List<?>[] { List.of("a") }),
				Arguments.of(COUNTS, array(bulk("b"), 2L, bulk("a"), bulk("1")), mapOf("b", 2L, "a", 1L)),
				Arguments.of(COUNTS, Codecs.map(bulk("b"), 2L, 1L, null), mapOf("b", 2L, "1", null)),
				Arguments.of(COUNTS, array(), Map.of()), Arguments.of(COUNTS, null, null),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<HashMap<Integer, List<String>>>() {
				}), array(bulk("1"), array(bulk("a"))), Map.of(1, List.of("a"))),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Map<ByteBuffer, byte[]>>() {
				}), array(), Map.of()), Arguments.of(Codecs.type(Map.class), array(bulk("a"), 1L), Map.of("a", 1L)),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Map<?, ?>>() {
				}), Codecs.map(1L, bulk("a")), Map.of(1L, "a")));
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void accepts(ResolvableType type, @Nullable Object reply, @Nullable Object expected) {
		assertThat(Codecs.read(type, reply)).isEqualTo(expected);
	}

	@Test
	void orderIsThatOfTheReply() {
		Map<?, ?> map = (Map<?, ?>) Codecs.read(COUNTS, array(bulk("b"), 2L, bulk("a"), 1L));
		assertThat(map).isInstanceOf(LinkedHashMap.class);
		assertThat(map.keySet().toString()).isEqualTo("[b, a]");
		assertThat(Codecs.read(Set.class, array(bulk("b"), bulk("a")))).hasToString("[b, a]");
	}

	@Test
	@SuppressWarnings("unchecked")
	void resultBelongsToTheCaller() {
		List<Long> list = (List<Long>) Codecs.read(LONGS, List.of(1L));
		list.add(2L);
		assertThat(list).isInstanceOf(ArrayList.class).containsExactly(1L, 2L);
	}

	@Test
	void objectIsTheNeutralReply() {
		assertThat(Codecs.read(Object.class, null)).isNull();
		assertThat(Codecs.read(Object.class, 1L)).isEqualTo(1L);
		assertThat(Codecs.read(Object.class, 1.5)).isEqualTo(1.5);
		assertThat(Codecs.read(Object.class, true)).isEqualTo(true);
		assertThat(Codecs.read(Object.class, BigInteger.TEN)).isEqualTo(BigInteger.TEN);
		assertThat(Codecs.read(Object.class, bulk("a"))).isEqualTo("a");
		assertThat(Codecs.read(Object.class, array(bulk("a"), null, array(1L))))
			.isEqualTo(Arrays.asList("a", null, List.of(1L)));
		assertThat(Codecs.read(Object.class, Codecs.map(bulk("a"), Codecs.map(1L, true))))
			.isEqualTo(Map.of("a", Map.of(1L, true)));
	}

	@Test
	void typeVariableIsTheNeutralReplyAlsoInAnArray() throws NoSuchMethodException {
		assertThat(Codecs.read(ResolvableType.forMethodReturnType(Generic.class.getMethod("one")), bulk("a")))
			.isEqualTo("a");
		assertThat(Codecs.read(ResolvableType.forMethodReturnType(Generic.class.getMethod("many")), array(bulk("a"))))
			.isEqualTo(new Object[] { "a" });
		ResolvableType bound = ResolvableType.forMethodReturnType(Generic.class.getMethod("many"), Strings.class);
		assertThat(Codecs.read(bound, array(bulk("a")))).isEqualTo(new String[] { "a" });
	}

	static Stream<Arguments> refused() {
		byte[] binary = { (byte) 0xC3, 'x' };
		return Stream.of(//
				Arguments.of(LONGS, array(1L, bulk("x"), null), "element 2 of List<Long>: long", "bulk string \"x\""),
				Arguments.of(LONGS, bulk("[1]"), "List<Long>", "bulk string \"[1]\""),
				Arguments.of(LONGS, Codecs.map(1L, 2L), "List<Long>",
						"map of 1 entry, which only a Map or a record takes"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Set<List<Integer>>>() {
				}), array(array(1L), array(2L, 1.5)),
						"element 2 of Set<List<Integer>>: element 2 of List<Integer>: int", "double 1.5"),
				Arguments.of(Codecs.type(long[].class), array(1L, null), "element 2 of long[]: long", "nil"),
				Arguments.of(Codecs.type(String[].class), 1L, "String[]", "integer 1"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<?>>() {
				}), array(binary), "element 1 of List<?>: Object",
						"bulk string \"\\xC3x\", which is not UTF-8: for raw bytes declare byte[]"),
				Arguments.of(Codecs.type(Object.class), array(array(binary)),
						"element 1 of List<Object>: element 1 of List<Object>: Object",
						"bulk string \"\\xC3x\", which is not UTF-8: for raw bytes declare byte[]"),
				Arguments.of(Codecs.type(Object.class), 'c', "Object", "object of java.lang.Character"),
				Arguments.of(COUNTS, array(bulk("a")), "Map<String, Long>",
						"array of 1 element [bulk string \"a\"], whose last field has no value"),
				Arguments.of(COUNTS, array(bulk("a"), 1L, bulk("a"), 1L), "Map<String, Long>",
						"array of 4 elements [bulk string \"a\", integer 1, ...], which has the field 'a' twice"),
				Arguments.of(COUNTS, Codecs.map(bulk("a"), 1L, bulk("a"), 1L), "Map<String, Long>",
						"map of 2 entries, which has the field 'a' twice"),
				Arguments.of(COUNTS, array(null, 1L), "field 1 of Map<String, Long>", "nil"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Map<Boolean, Long>>() {
				}), array(null, 1L), "field 1 of Map<Boolean, Long>", "nil"),
				Arguments.of(COUNTS, array(bulk("a"), 1L, 1.5, 1L), "field 2 of Map<String, Long>: String",
						"double 1.5"),
				Arguments.of(COUNTS, array(bulk("x"), bulk("y")), "value of field 'x' of Map<String, Long>: long",
						"bulk string \"y\""),
				Arguments.of(COUNTS, bulk("{}"), "Map<String, Long>", "bulk string \"{}\", not fields and values"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusesWithThePathToWhatDoesNotFit(ResolvableType type, @Nullable Object reply, String expected,
			String actual) {
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> Codecs.read(type, reply))
			.satisfies((ex) -> assertThat(ex.getExpected()).isEqualTo(expected))
			.satisfies((ex) -> assertThat(ex.getActual()).isEqualTo(actual));
	}

	@Test
	void mapFormatTakesMapsWhereverTheyAre() {
		ResolvableType type = Codecs.type(new ParameterizedTypeReference<List<Map<String, String>>>() {
		});
		assertThat(Codecs.read(type, ReplyFormat.MAP, array(array(bulk("a"), bulk("b")))))
			.isEqualTo(List.of(Map.of("a", "b")));
	}

	@Test
	void mapReplyHasAValueForEachField() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MapReply(List.of(1L)))
			.withMessage("A map needs a value for every field, not 1 parts");
		assertThat(new MapReply(List.of(1L, 2L)).size()).isEqualTo(1);
	}

	private static byte[] bulk(String text) {
		return Codecs.bulk(text);
	}

	private static List<@Nullable Object> array(@Nullable Object... elements) {
		return Codecs.array(elements);
	}

	private static Map<Object, @Nullable Object> mapOf(Object key1, @Nullable Object value1, Object key2,
			@Nullable Object value2) {
		Map<Object, @Nullable Object> map = new HashMap<>();
		map.put(key1, value1);
		map.put(key2, value2);
		return map;
	}

	interface Generic<T> {

		T one();

		T[] many();

	}

	interface Strings extends Generic<String> {

	}

}
