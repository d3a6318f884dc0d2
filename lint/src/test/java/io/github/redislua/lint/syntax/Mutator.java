package io.github.redislua.lint.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Damages scripts, a token or a character at a time.
 */
final class Mutator {

	private static final String[] TOKENS = { "and", "break", "do", "else", "elseif", "end", "false", "for", "function",
			"if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while", "..", "...",
			"==", ">=", "<=", "~=", "=", "<", ">", "~", "+", "-", "*", "/", "%", "^", "#", "(", ")", "{", "}", "[", "]",
			"[[", "]]", "[=[", "]=]", "[=", ";", ":", ",", ".", "a", "b", "self", "arg", "goto", "continue", "0x",
			"0x1p4", "1e", "1e5", "3.", ".5", "0x.p1", "1..2", "08", "'s'", "\"s\"", "'", "\"", "\\", "--", "--[[",
			"--[==[", "!=", "+=", "//", "&", "|", "<const>", "\n", "\r", "\n\r", "\r\n", "'\\300'", "'\\12'",
			"\"\\x41\"", "'\\", "function() end", "\u00e9", "\0", "\u007f", "@", "$", "!", "?", "`", "x = 1",
			"break break", "return return", "local function f", "f()", "\nf\n()", "f{}", "f''", "a.b:c()", "[[\n\n]]",
			"--\n", "(f)()", "a, b", "0x1g", "1e+", "0xep1", "\u001b" };

	private final Random random;

	private final List<List<byte[]>> scripts = new ArrayList<>();

	Mutator(List<byte[]> scripts, long seed) {
		this.random = new Random(seed);
		scripts.forEach((script) -> this.scripts.add(split(script)));
	}

	byte[] next() {
		List<byte[]> tokens = new ArrayList<>(pick(this.scripts));
		int from = this.random.nextInt(tokens.size());
		if (this.random.nextInt(3) == 0) {
			// Most of a script is not near the damage: a part of it says as much.
			tokens = new ArrayList<>(tokens.subList(from, Math.min(tokens.size(), from + this.random.nextInt(60) + 1)));
		}
		int count = 1 + this.random.nextInt(3);
		for (int i = 0; i < count; i++) {
			mutateTokens(tokens);
		}
		byte[] bytes = join(tokens);
		if (this.random.nextInt(3) == 0) {
			bytes = mutateBytes(bytes);
		}
		// The reference implementation would take it for precompiled code.
		return (bytes.length > 0 && bytes[0] == 27) ? new byte[0] : bytes;
	}

	private <T> T pick(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private void mutateTokens(List<byte[]> tokens) {
		if (tokens.isEmpty()) {
			return;
		}
		int at = this.random.nextInt(tokens.size());
		byte[] word = TOKENS[this.random.nextInt(TOKENS.length)].getBytes(StandardCharsets.ISO_8859_1);
		switch (this.random.nextInt(8)) {
			case 0 -> tokens.remove(at);
			case 1 -> tokens.add(at, tokens.get(at));
			case 2 -> tokens.set(at, word);
			case 3 -> tokens.add(at, word);
			case 4 -> tokens.add(at, pick(pick(this.scripts)));
			case 5 -> tokens.set(at, pick(tokens));
			case 6 -> {
				int other = this.random.nextInt(tokens.size());
				byte[] token = tokens.get(at);
				tokens.set(at, tokens.get(other));
				tokens.set(other, token);
			}
			default -> tokens.subList(at, Math.min(tokens.size(), at + this.random.nextInt(8))).clear();
		}
	}

	private byte[] mutateBytes(byte[] bytes) {
		if (bytes.length == 0) {
			return bytes;
		}
		int at = this.random.nextInt(bytes.length);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(bytes, 0, at);
		switch (this.random.nextInt(4)) {
			case 0 -> out.write(bytes, at + 1, bytes.length - at - 1);
			case 1 -> {
				out.write(this.random.nextInt(256));
				out.write(bytes, at, bytes.length - at);
			}
			case 2 -> {
				out.write(this.random.nextInt(256));
				out.write(bytes, at + 1, bytes.length - at - 1);
			}
			default -> {
			}
		}
		return out.toByteArray();
	}

	private static byte[] join(List<byte[]> tokens) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] token : tokens) {
			out.writeBytes(token);
		}
		return out.toByteArray();
	}

	private static List<byte[]> split(byte[] script) {
		List<byte[]> tokens = new ArrayList<>();
		int from = 0;
		for (int i = 1; i <= script.length; i++) {
			if (i == script.length || kind(script[i]) != kind(script[from]) || kind(script[i]) == 3) {
				byte[] token = new byte[i - from];
				System.arraycopy(script, from, token, 0, token.length);
				tokens.add(token);
				from = i;
			}
		}
		return tokens;
	}

	private static int kind(byte b) {
		if (Lexer.isLetterOrDigit(b & 0xff)) {
			return 1;
		}
		return (b == ' ' || b == '\n') ? 2 : 3;
	}

}
