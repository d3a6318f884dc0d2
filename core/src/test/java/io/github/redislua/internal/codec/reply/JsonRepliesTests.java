package io.github.redislua.internal.codec.reply;

import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

import io.github.redislua.JsonCodec;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Codecs;
import io.github.redislua.internal.codec.Jackson2JsonCodec;
import io.github.redislua.internal.codec.Jackson3JsonCodec;
import io.github.redislua.internal.codec.JsonCodecException;
import io.github.redislua.internal.codec.JsonCodecs;
import io.github.redislua.internal.codec.UnsupportedTypeException;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Replies that are JSON, through either Jackson.
 */
class JsonRepliesTests {

	static Stream<JsonCodec> codecs() {
		return Stream.of(Codecs.JSON, new Jackson3JsonCodec(JsonMapper.builder().build()));
	}

	static Stream<Arguments> accepted() {
		Order order = new Order();
		order.id = 7;
		return codecs().flatMap((codec) -> Stream.of(//
				Arguments.of(codec, Codecs.type(Order.class), "{\"id\":7}", order),
				Arguments.of(codec, Codecs.type(Line.class), "{\"sku\":\"a\",\"count\":2}", new Line("a", 2)),
				Arguments.of(codec, Codecs.type(Line.class), "null", null),
				Arguments.of(codec, Codecs.type(Line.class), null, null),
				Arguments.of(codec, Codecs.type(new ParameterizedTypeReference<List<Line>>() {
				}), "[{\"sku\":\"a\",\"count\":2}]", List.of(new Line("a", 2))),
				Arguments.of(codec, Codecs.type(new ParameterizedTypeReference<Map<String, List<Long>>>() {
				}), "{\"a\":[1]}", Map.of("a", List.of(1L))),
				Arguments.of(codec, Codecs.type(new ParameterizedTypeReference<Optional<Line>>() {
				}), "{\"sku\":\"a\",\"count\":2}", Optional.of(new Line("a", 2))),
				Arguments.of(codec, Codecs.type(new ParameterizedTypeReference<Optional<Line>>() {
				}), null, Optional.empty()),
				Arguments.of(codec, Codecs.type(new ParameterizedTypeReference<Optional<Line>>() {
				}), "null", Optional.empty()),
				Arguments.of(codec, Codecs.type(new ParameterizedTypeReference<List<Line>[]>() {
				}), "[[{\"sku\":\"a\",\"count\":2}]]", new List<?>[] { List.of(new Line("a", 2)) }),
				Arguments.of(codec, Codecs.type(OptionalInt.class), "7", OptionalInt.of(7)),
				Arguments.of(codec, Codecs.type(OptionalInt.class), "null", OptionalInt.empty()),
				Arguments.of(codec, Codecs.type(OptionalLong.class), null, OptionalLong.empty()),
				Arguments.of(codec, Codecs.type(OptionalDouble.class), "0.5", OptionalDouble.of(0.5)),
				Arguments.of(codec, Codecs.type(Object.class), "{\"a\":1}", Map.of("a", 1)),
				Arguments.of(codec, Codecs.type(String.class), "\"a\"", "a"),
				Arguments.of(codec, Codecs.type(int.class), "7", 7),
				Arguments.of(codec, Codecs.type(Integer.class), null, null),
				Arguments.of(codec, Codecs.type(boolean.class), "true", true),
				Arguments.of(codec, Codecs.type(boolean.class), null, false),
				Arguments.of(codec, Codecs.type(void.class), "}{", null)));
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void accepts(JsonCodec codec, ResolvableType type, @Nullable String json, @Nullable Object expected) {
		ReplyDecoder decoder = new ReplyDecoders(List.of(), codec).forType(type, ReplyFormat.JSON);
		Object reply = (json != null) ? Codecs.bulk(json) : null;
		assertThat(decoder.decode(reply)).isEqualTo(expected);
		assertThat(decoder.decode(reply)).isEqualTo(expected);
	}

	static Stream<Arguments> refused() {
		String unreadable = ", which cannot be read as JSON of this type";
		return codecs().flatMap((codec) -> Stream.of(//
				Arguments.of(codec, Line.class, Codecs.bulk("{"), "record Line(String sku, int count)",
						"bulk string \"{\"" + unreadable),
				Arguments.of(codec, Line.class, Codecs.bulk("{\"sku\":\"a\",\"count\":2} x"),
						"record Line(String sku, int count)",
						"bulk string \"{\\\"sku\\\":\\\"a\\\",\\\"count\\\":2} x\"" + unreadable),
				Arguments.of(codec, List.class, Codecs.bulk("{}"), "List<?>", "bulk string \"{}\"" + unreadable),
				Arguments.of(codec, Line.class, List.of(), "record Line(String sku, int count)",
						"array of 0 elements, not a bulk string with JSON"),
				Arguments.of(codec, Order.class, 7L, "Order", "integer 7, not a bulk string with JSON"),
				Arguments.of(codec, int.class, null, "int", "nil"),
				Arguments.of(codec, int.class, Codecs.bulk("null"), "int", "bulk string \"null\""),
				Arguments.of(codec, boolean.class, Codecs.bulk("null"), "boolean", "bulk string \"null\"")));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refuses(JsonCodec codec, Class<?> type, @Nullable Object reply, String expected, String actual) {
		ReplyDecoder decoder = new ReplyDecoders(List.of(), codec).forType(Codecs.type(type), ReplyFormat.JSON);
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> decoder.decode(reply))
			.satisfies((ex) -> assertThat(ex.getExpected()).isEqualTo(expected))
			.satisfies((ex) -> assertThat(ex.getActual()).isEqualTo(actual));
	}

	@Test
	void whatACodecOfTheApplicationThrowsIsAMismatch() {
		JsonCodec codec = new JsonCodec() {

			@Override
			public byte[] write(Object value) {
				throw new IllegalStateException("not today");
			}

			@Override
			public Object read(byte[] json, Type type) {
				throw new IllegalStateException("not today");
			}

		};
		ReplyDecoder decoder = new ReplyDecoders(List.of(), codec).forType(Codecs.type(Line.class), ReplyFormat.JSON);
		assertThatExceptionOfType(ReplyMismatchException.class).isThrownBy(() -> decoder.decode(Codecs.bulk("{}")))
			.withCauseInstanceOf(IllegalStateException.class);
		ArgumentEncoder encoder = new ArgumentEncoders(List.of(), codec).forArgument(Codecs.type(Line.class),
				ChronoUnit.MILLIS, true);
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> encoder.encode("x"))
			.withMessage("cannot be written as JSON");
	}

	@Test
	void needsJackson() {
		assertThatExceptionOfType(UnsupportedTypeException.class)
			.isThrownBy(() -> new ReplyDecoders(List.of(), null).forType(Codecs.type(Line.class), ReplyFormat.JSON))
			.withMessage("reply = ReplyFormat.JSON needs Jackson on the class path");
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void codecWritesAndWrapsItsOwnFailures(JsonCodec codec) {
		assertThat(codec.write(List.of("\u00E4", 1))).isEqualTo(Codecs.bulk("[\"\u00E4\",1]"));
		Node cycle = new Node();
		cycle.next = cycle;
		assertThatExceptionOfType(JsonCodecException.class).isThrownBy(() -> codec.write(cycle))
			.withMessage("Jackson cannot write " + Node.class.getName())
			.havingCause();
		assertThatExceptionOfType(JsonCodecException.class).isThrownBy(() -> codec.read(Codecs.bulk("["), List.class))
			.withMessage("Jackson cannot read java.util.List")
			.havingCause();
	}

	@Test
	void newestJacksonIsDetected() {
		assertThat(JsonCodecs.detect(null)).isInstanceOf(Jackson3JsonCodec.class);
	}

	@Test
	void onlyWhatIsThereIsLoaded() throws Exception {
		assertThat(detectWithout("tools.jackson.")).isEqualTo(Jackson2JsonCodec.class.getName());
		assertThat(detectWithout("com.fasterxml.jackson.databind.")).isEqualTo(Jackson3JsonCodec.class.getName());
		assertThat(detectWithout("tools.jackson.", "com.fasterxml.jackson.")).isNull();
	}

	private static @Nullable String detectWithout(String... hidden) throws Exception {
		try (URLClassLoader loader = new Without(hidden)) {
			Object codec = loader.loadClass(JsonCodecs.class.getName())
				.getMethod("detect", ClassLoader.class)
				.invoke(null, loader);
			return (codec != null) ? codec.getClass().getName() : null;
		}
	}

	/**
	 * The class path of this test once more, as if some packages were not on it.
	 */
	private static final class Without extends URLClassLoader {

		private final String[] hidden;

		Without(String... hidden) {
			super(classPath(), ClassLoader.getPlatformClassLoader());
			this.hidden = hidden;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (Stream.of(this.hidden).anyMatch(name::startsWith)) {
				throw new ClassNotFoundException(name);
			}
			return super.loadClass(name, resolve);
		}

		private static URL[] classPath() {
			return Stream
				.of(JsonCodecs.class, ResolvableType.class, Nullable.class, JsonMapper.class,
						com.fasterxml.jackson.databind.ObjectMapper.class, com.fasterxml.jackson.core.JsonFactory.class,
						com.fasterxml.jackson.annotation.JsonProperty.class,
						tools.jackson.core.TokenStreamFactory.class, org.apache.commons.logging.LogFactory.class)
				.map((type) -> type.getProtectionDomain().getCodeSource().getLocation())
				.toArray(URL[]::new);
		}

	}

	record Line(String sku, int count) {

	}

	static class Order {

		public int id;

		@Override
		public boolean equals(Object other) {
			return other instanceof Order order && order.id == this.id;
		}

		@Override
		public int hashCode() {
			return this.id;
		}

	}

	static class Node {

		public @Nullable Node next;

	}

}
