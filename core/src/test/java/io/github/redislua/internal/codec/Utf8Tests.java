package io.github.redislua.internal.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests for {@link Utf8}.
 */
class Utf8Tests {

	@ParameterizedTest
	@CsvSource({ "\uD83D, 0", "a\uD83D, 1", "\uDE00, 0", "\uD83D\uDE00\uDE00, 2", "\uD83Dx, 0",
			"\uD83D\uD83D\uDE00, 0" })
	void unpairedSurrogateIsRefusedWithItsIndex(String text, int index) {
		assertThatExceptionOfType(ArgumentException.class).isThrownBy(() -> Utf8.encode(text))
			.withMessage("holds an unpaired surrogate at index " + index + ", which has no UTF-8 form");
	}

	@Test
	void replacementCharacterThatWasSentIsKept() {
		assertThat(Utf8.decode("a\uFFFDb".getBytes(StandardCharsets.UTF_8))).isEqualTo("a\uFFFDb");
	}

	@Test
	void malformedBytesAreNoText() {
		assertThat(Utf8.decode(new byte[] { (byte) 0xFF })).isNull();
		assertThat(Utf8.decode(new byte[] { 'a', (byte) 0xC3 })).isNull();
	}

	@Test
	void encodesAndRefusesAsTheStrictEncoderOfTheJdk() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			String text = randomText(random);
			byte[] expected = strictlyEncoded(text);
			if (!Arrays.equals(encoded(text), expected) || (expected != null && !text.equals(Utf8.decode(expected)))) {
				fail("Differs for %s", text.chars().boxed().toList());
			}
		}
	}

	@Test
	void decodesAndRefusesAsTheStrictDecoderOfTheJdk() {
		Random random = new Random(43);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = new byte[random.nextInt(6)];
			random.nextBytes(bytes);
			if (!Objects.equals(Utf8.decode(bytes), strictlyDecoded(bytes))) {
				fail("Differs for %s", Arrays.toString(bytes));
			}
		}
	}

	private static byte @Nullable [] encoded(String text) {
		try {
			return Utf8.encode(text);
		}
		catch (ArgumentException ex) {
			return null;
		}
	}

	private static String randomText(Random random) {
		char[] chars = new char[random.nextInt(8)];
		for (int i = 0; i < chars.length; i++) {
			chars[i] = switch (random.nextInt(4)) {
				case 0 -> (char) random.nextInt(0x80);
				case 1 -> (char) (Character.MIN_HIGH_SURROGATE + random.nextInt(0x400));
				case 2 -> (char) (Character.MIN_LOW_SURROGATE + random.nextInt(0x400));
				default -> (char) random.nextInt(0x10000);
			};
		}
		return new String(chars);
	}

	private static byte @Nullable [] strictlyEncoded(String text) {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(text));
			return Arrays.copyOf(bytes.array(), bytes.limit());
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static @Nullable String strictlyDecoded(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.decode(ByteBuffer.wrap(bytes))
				.toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
