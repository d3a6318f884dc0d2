package io.github.redislua.internal.codec.reply;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.redislua.internal.codec.Codecs;
import io.github.redislua.internal.codec.Excerpt;
import io.github.redislua.internal.codec.MapReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Replies} and {@link Excerpt}: what came, in a form for a log.
 */
class RepliesTests {

	static Stream<Arguments> descriptions() {
		return Stream.of(//
				Arguments.of(null, "nil"), //
				Arguments.of(42L, "integer 42"), //
				Arguments.of(3.5, "double 3.5"), //
				Arguments.of(true, "boolean true"), //
				Arguments.of(BigInteger.TEN, "big number 10"), //
				Arguments.of(Codecs.bulk("abc"), "bulk string \"abc\""), //
				Arguments.of(Codecs.bulk("a\"b\\c\n\r\t\u0000\u007F"),
						"bulk string \"a\\\"b\\\\c\\n\\r\\t\\x00\\x7F\""),
				Arguments.of(Codecs.bulk("\u00E4\uD83D\uDE00"), "bulk string \"\u00E4\uD83D\uDE00\""), //
				Arguments.of(Codecs.bulk("\u202Eevil\u2028"), "bulk string \"\\u202Eevil\\u2028\""), //
				Arguments.of(new byte[] { 'a', (byte) 0xFF, '"' }, "bulk string \"a\\xFF\\\"\""), //
				Arguments.of(Codecs.bulk("x".repeat(64)), "bulk string \"" + "x".repeat(64) + "\""), //
				Arguments.of(Codecs.bulk("x".repeat(65)), "bulk string \"" + "x".repeat(64) + "...\" of 65 bytes"),
				Arguments.of(Codecs.bulk("\uD83D\uDE00".repeat(33)),
						"bulk string \"" + "\uD83D\uDE00".repeat(32) + "...\" of 132 bytes"),
				Arguments.of(Codecs.bulk("x" + "\uD83D\uDE00".repeat(1000)),
						"bulk string \"x" + "\uD83D\uDE00".repeat(31) + "...\" of 4001 bytes"),
				Arguments.of(filled(1000, (byte) 0xFF), "bulk string \"" + "\\xFF".repeat(16) + "...\" of 1000 bytes"),
				Arguments.of(List.of(), "array of 0 elements"), //
				Arguments.of(List.of(1L), "array of 1 element [integer 1]"), //
				Arguments.of(Arrays.asList(1L, null), "array of 2 elements [integer 1, nil]"), //
				Arguments.of(Arrays.asList(1L, null, 3L), "array of 3 elements [integer 1, nil, ...]"), //
				Arguments.of(List.of(List.of(1L), new MapReply(List.of(1L, 2L))),
						"array of 2 elements [array of 1 element, map of 1 entry]"),
				Arguments.of(new MapReply(List.of(1L, 2L, 3L, 4L)), "map of 2 entries"));
	}

	@ParameterizedTest
	@MethodSource("descriptions")
	void describes(@Nullable Object reply, String description) {
		assertThat(Replies.describe(reply)).isEqualTo(description);
	}

	@Test
	void nothingThatIsSentMakesADescriptionLongOrUnprintable() {
		Random random = new Random(6);
		for (int i = 0; i < 5_000; i++) {
			byte[] bytes = new byte[random.nextInt(400)];
			random.nextBytes(bytes);
			if (i % 2 == 0) {
				bytes = new String(bytes, StandardCharsets.UTF_16).replaceAll("\\p{Cs}", "")
					.getBytes(StandardCharsets.UTF_8);
			}
			String excerpt = Excerpt.of(bytes);
			assertThat(excerpt.codePoints().noneMatch(Character::isISOControl)).isTrue();
			assertThat(excerpt.length()).isLessThanOrEqualTo(64 + "\"...\" of 1000 bytes".length() + 1);
		}
	}

	@Test
	void nameIsInSingleQuotes() {
		assertThat(Excerpt.name("it's")).isEqualTo("'it's'");
		assertThat(Excerpt.name("x".repeat(100))).isEqualTo("'" + "x".repeat(64) + "...'");
	}

	private static byte[] filled(int length, byte value) {
		byte[] bytes = new byte[length];
		Arrays.fill(bytes, value);
		return bytes;
	}

}
