package io.github.redislua.internal.codec.reply;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import io.github.redislua.internal.codec.Codecs.UserId;
import io.github.redislua.internal.codec.JsonCodecException;
import io.github.redislua.internal.codec.UnsupportedTypeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Records: by position, by name, from JSON text, through a converter.
 */
class RecordRepliesTests {

	private static final ResolvableType DECISION = Codecs.type(Decision.class);

	private static final String DECISION_HEADER = "record Decision(boolean allowed, long remaining)";

	static Stream<Arguments> accepted() {
		return Stream.of(//
				// by position
				Arguments.of(DECISION, ReplyFormat.AUTO, array(1L, 5L), new Decision(true, 5)),
				Arguments.of(DECISION, ReplyFormat.AUTO, array(null, bulk("5")), new Decision(false, 5)),
				Arguments.of(DECISION, ReplyFormat.AUTO, null, null),
				Arguments.of(Codecs.type(User.class), ReplyFormat.AUTO, array(bulk("Ann"), 7L),
						new User("Ann", 7, null)),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<Decision>>() {
				}), ReplyFormat.AUTO, array(array(1L, 5L), null), Arrays.asList(new Decision(true, 5), null)),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<Decision>>() {
				}), ReplyFormat.AUTO, array(1L, 5L), Optional.of(new Decision(true, 5))),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<Decision>>() {
				}), ReplyFormat.AUTO, array(), Optional.empty()),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<User>>() {
				}), ReplyFormat.MAP, array(), Optional.empty()),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<User>>() {
				}), ReplyFormat.MAP, Codecs.map(), Optional.empty()),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<Empty>>() {
				}), ReplyFormat.AUTO, array(), Optional.of(new Empty())),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Optional<Map<String, String>>>() {
				}), ReplyFormat.AUTO, array(), Optional.of(Map.of())),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Map<String, Decision>>() {
				}), ReplyFormat.AUTO, array(bulk("a"), array(1L, 5L)), Map.of("a", new Decision(true, 5))),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Page<Decision>>() {
				}), ReplyFormat.AUTO, array(array(array(1L, 5L)), 1L), new Page<>(List.of(new Decision(true, 5)), 1)),
				Arguments.of(Codecs.type(Page.class), ReplyFormat.AUTO, array(array(bulk("a")), 1L),
						new Page<>(List.of("a"), 1)),
				Arguments.of(Codecs.type(Node.class), ReplyFormat.AUTO,
						array(bulk("root"), array(array(bulk("leaf"), array()))),
						new Node("root", List.of(new Node("leaf", List.of())))),
				Arguments.of(Codecs.type(Empty.class), ReplyFormat.AUTO, array(), new Empty()),
				// a bulk string is JSON
				Arguments.of(DECISION, ReplyFormat.AUTO, bulk("{\"allowed\":true,\"remaining\":5}"),
						new Decision(true, 5)),
				Arguments.of(DECISION, ReplyFormat.AUTO, bulk("null"), null),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<Page<Long>>>() {
				}), ReplyFormat.AUTO, array(bulk("{\"items\":[1],\"total\":1}")), List.of(new Page<>(List.of(1L), 1))),
				// by name
				Arguments.of(DECISION, ReplyFormat.MAP,
						array(bulk("remaining"), bulk("5"), bulk("other"), array(), bulk("allowed"), bulk("1")),
						new Decision(true, 5)),
				Arguments.of(DECISION, ReplyFormat.MAP, Codecs.map(bulk("remaining"), 5L), new Decision(false, 5)),
				Arguments.of(DECISION, ReplyFormat.MAP, null, null),
				Arguments.of(Codecs.type(User.class), ReplyFormat.MAP, array(bulk("age"), 7L, 5L, 6L),
						new User(null, 7, null)),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<List<Decision>>() {
				}), ReplyFormat.MAP, array(array(bulk("remaining"), 5L)), List.of(new Decision(false, 5))),
				Arguments.of(Codecs.type(Outer.class), ReplyFormat.MAP,
						array(bulk("inner"), array(bulk("remaining"), 5L)), new Outer(new Decision(false, 5))));
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void accepts(ResolvableType type, ReplyFormat format, @Nullable Object reply, @Nullable Object expected) {
		assertThat(Codecs.read(type, format, reply)).isEqualTo(expected);
	}

	static Stream<Arguments> refused() {
		return Stream.of(//
				Arguments.of(DECISION, ReplyFormat.AUTO, array(1L, null),
						"component 'remaining' of record Decision: long", "nil"),
				Arguments.of(DECISION, ReplyFormat.AUTO, array(), "component 'remaining' of record Decision: long",
						"nil, since it is missing in array of 0 elements"),
				Arguments.of(DECISION, ReplyFormat.AUTO, array(1L, bulk("many")),
						"component 'remaining' of record Decision: long", "bulk string \"many\""),
				Arguments.of(DECISION, ReplyFormat.AUTO, array(1L, 5L, 6L), DECISION_HEADER,
						"array of 3 elements [integer 1, integer 5, ...], too many for 2 components"),
				Arguments.of(DECISION, ReplyFormat.AUTO, array(bulk("allowed"), 1L, bulk("remaining"), 5L),
						DECISION_HEADER,
						"array of 4 elements [bulk string \"allowed\", integer 1, ...], too many for 2 components: "
								+ "fields and values need reply = ReplyFormat.MAP"),
				Arguments.of(DECISION, ReplyFormat.AUTO, Codecs.map(bulk("allowed"), true), DECISION_HEADER,
						"map of 1 entry, which needs reply = ReplyFormat.MAP"),
				Arguments.of(DECISION, ReplyFormat.AUTO, 1L, DECISION_HEADER, "integer 1"),
				Arguments.of(DECISION, ReplyFormat.AUTO, bulk("{"), DECISION_HEADER,
						"bulk string \"{\", which cannot be read as JSON of this type"),
				Arguments.of(Codecs.type(Wrapper.class), ReplyFormat.AUTO, array(1L, 2L, 3L),
						"record Wrapper(String value)",
						"array of 3 elements [integer 1, integer 2, ...], too many for 1 component"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Page<int[]>>() {
				}), ReplyFormat.AUTO, array(array(), 1L, 1L), "record Page<int[]>(List<int[]> items, long total)",
						"array of 3 elements [array of 0 elements, integer 1, ...], too many for 2 components"),
				Arguments.of(Codecs.type(Outer.class), ReplyFormat.AUTO, array(array(1L, 1.5)),
						"component 'inner' of record Outer: component 'remaining' of record Decision: long",
						"double 1.5"),
				Arguments.of(DECISION, ReplyFormat.MAP, array(bulk("allowed"), 1L),
						"component 'remaining' of record Decision: long",
						"nil, since it is missing in array of 2 elements [bulk string \"allowed\", integer 1]"),
				Arguments.of(DECISION, ReplyFormat.MAP, array(bulk("allowed")), DECISION_HEADER,
						"array of 1 element [bulk string \"allowed\"], whose last field has no value"),
				Arguments.of(DECISION, ReplyFormat.MAP, bulk("{}"), DECISION_HEADER,
						"bulk string \"{}\", not fields and values"),
				Arguments.of(DECISION, ReplyFormat.MAP, array(bulk("remaining"), 1L, bulk("remaining"), 2L),
						DECISION_HEADER,
						"array of 4 elements [bulk string \"remaining\", integer 1, ...], which has the field "
								+ "'remaining' twice"),
				Arguments.of(Codecs.type(new ParameterizedTypeReference<Map<Wrapper, Long>>() {
				}), ReplyFormat.AUTO, array(bulk("null"), 1L), "field 1 of Map<Wrapper, Long>", "bulk string \"null\""),
				Arguments.of(DECISION, ReplyFormat.MAP, array(null, 1L), "field 1 of " + DECISION_HEADER, "nil"),
				Arguments.of(DECISION, ReplyFormat.MAP, array(bulk("x"), 1L, new byte[] { -1 }, 1L),
						"field 2 of " + DECISION_HEADER + ": String",
						"bulk string \"\\xFF\", which is not UTF-8: for raw bytes declare byte[]"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refuses(ResolvableType type, ReplyFormat format, @Nullable Object reply, String expected, String actual) {
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> Codecs.read(type, format, reply))
			.satisfies((ex) -> assertThat(ex.getExpected()).isEqualTo(expected))
			.satisfies((ex) -> assertThat(ex.getActual()).isEqualTo(actual));
	}

	@Test
	void malformedJsonIsTheCause() {
		assertThatExceptionOfType(ReplyMismatchException.class)
			.isThrownBy(() -> Codecs.read(DECISION, bulk("{\"allowed\":maybe}")))
			.withCauseInstanceOf(JsonCodecException.class);
	}

	@Test
	void textWithoutJacksonIsAMismatch() {
		ReplyDecoder decoder = new ReplyDecoders(List.of(), null).forType(DECISION, ReplyFormat.AUTO);
		assertThat(decoder.decode(array(1L, 5L))).isEqualTo(new Decision(true, 5));
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> decoder.decode(bulk("{}")))
			.withMessage("expected " + DECISION_HEADER
					+ " but got bulk string \"{}\", which needs Jackson on the class path if it is JSON");
	}

	@Test
	void constructorThatRefusesIsAMismatch() {
		assertThatExceptionOfType(ReplyMismatchException.class)
			.isThrownBy(() -> Codecs.read(Positive.class, array(-1L)))
			.withMessage("expected record Positive(int value) but got array of 1 element [integer -1], "
					+ "the record's constructor refused it")
			.withCause(new IllegalArgumentException("Not positive"));
		assertThatThrownBy(() -> Codecs.read(Positive.class, array(0L))).isInstanceOf(AssertionError.class);
	}

	@Test
	void privateRecordsAndVariableArityWork() {
		assertThat(Codecs.read(Hidden.class, array(array(bulk("a"), bulk("b"))))).hasToString("a,b");
		record Local(int value) {
		}
		assertThat(Codecs.read(Local.class, array(3L))).isEqualTo(new Local(3));
	}

	@Test
	void typeWithoutAnEndIsRefused() throws NoSuchMethodException {
		ResolvableType growing = Codecs.type(new ParameterizedTypeReference<Endless<String>>() {
		});
		assertThatExceptionOfType(UnsupportedTypeException.class).isThrownBy(() -> Codecs.read(growing, null))
			.withMessageEndingWith(" cannot be read from a reply: its types nest without an end");
		for (String method : List.of("list", "record")) {
			ResolvableType itself = ResolvableType.forMethodReturnType(SelfBounds.class.getMethod(method));
			assertThatExceptionOfType(UnsupportedTypeException.class).isThrownBy(() -> Codecs.read(itself, null))
				.withMessageEndingWith(" cannot be read from a reply: its types nest without an end");
		}
		assertThat(Codecs.read(Self.class, array(bulk("a"), array(bulk("b")))))
			.isEqualTo(new Self<>("a", new Self<>("b", null)));
	}

	@Test
	void recordTypeOfAGenericInterfaceIsResolved() throws NoSuchMethodException {
		ResolvableType type = ResolvableType.forMethodReturnType(Pages.class.getMethod("page"), DecisionPages.class);
		assertThat(Codecs.read(type, array(array(array(1L, 2L)), 1L)))
			.isEqualTo(new Page<>(List.of(new Decision(true, 2)), 1));
		assertThat(Codecs.read(type, ReplyFormat.JSON,
				bulk("{\"items\":[{\"allowed\":true,\"remaining\":2}],\"total\":1}")))
			.isEqualTo(new Page<>(List.of(new Decision(true, 2)), 1));
	}

	@Test
	void registeredConverterReadsTheTextOfARecord() {
		ReplyDecoders decoders = new ReplyDecoders(List.of(Codecs.conversions()), Codecs.JSON);
		assertThat(decoders.forType(Codecs.type(UserId.class), ReplyFormat.AUTO).decode(bulk("42")))
			.isEqualTo(new UserId("42"));
		assertThat(decoders.forType(Codecs.type(UserId.class), ReplyFormat.AUTO).decode(array(bulk("42"))))
			.isEqualTo(new UserId("42"));
		assertThat(decoders.forType(Codecs.type(Owner.class), ReplyFormat.MAP).decode(array(bulk("id"), bulk("42"))))
			.isEqualTo(new Owner(new UserId("42")));
		assertThat(decoders.forType(Codecs.type(new ParameterizedTypeReference<Map<UserId, Long>>() {
		}), ReplyFormat.AUTO).decode(array(bulk("42"), 1L))).isEqualTo(Map.of(new UserId("42"), 1L));
	}

	private static byte[] bulk(String text) {
		return Codecs.bulk(text);
	}

	private static List<@Nullable Object> array(@Nullable Object... elements) {
		return Codecs.array(elements);
	}

	public record Decision(boolean allowed, long remaining) {

	}

	record User(@Nullable String name, int age, @Nullable List<String> roles) {

	}

	record Page<T>(List<T> items, long total) {

	}

	record Node(String name, List<Node> children) {

	}

	record Outer(Decision inner) {

	}

	record Wrapper(String value) {

	}

	record Owner(UserId id) {

	}

	record Empty() {

	}

	record Endless<T>(@Nullable Endless<List<T>> next) {

	}

	record Self<T extends Self<T>>(String name, @Nullable Self<?> next) {

	}

	record Positive(int value) {

		Positive {
			if (value < 0) {
				throw new IllegalArgumentException("Not positive");
			}
			if (value == 0) {
				throw new AssertionError("An error is no refusal");
			}
		}

	}

	private record Hidden(String... values) {

		@Override
		public String toString() {
			return String.join(",", this.values);
		}

	}

	interface SelfBounds {

		<T extends List<T>> T list();

		<T extends Self<T>> T record();

	}

	interface Pages<T> {

		Page<T> page();

	}

	interface DecisionPages extends Pages<Decision> {

	}

}
