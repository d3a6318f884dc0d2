package io.github.redislua.lint.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Chunks at and just beyond the limits of the reference implementation.
 */
final class Limits {

	private Limits() {
	}

	static List<byte[]> chunks() {
		List<String> chunks = new ArrayList<>();
		around(chunks, 200, (n) -> "local " + list(n, "a", ","));
		around(chunks, 200, (n) -> list(n, "local a", "\n"));
		around(chunks, 200, (n) -> "for " + list(n, "a", ",") + " in f do end");
		around(chunks, 200, (n) -> "\nfunction f(" + list(n, "a", ",") + ") end");
		around(chunks, 200, (n) -> "function f(" + list(n, "a", ",") + ", ...) end");
		around(chunks, 60,
				(n) -> "local " + list(n, "a", ",") + "\nfunction f()\nreturn " + list(n, "a", "+") + "\nend");
		around(chunks, 60, (n) -> "local " + list(n, "a", ",") + "\nfunction f() function g()\nreturn "
				+ list(n, "a", "+") + "\nend end");
		for (String[] nest : new String[][] { { "(", "1", ")" }, { "{", "", "}" }, { "-", "1", "" },
				{ "not ", "1", "" }, { "f(", "1", ")" }, { "a[", "1", "]" }, { "1 .. ", "1", "" }, { "1 ^ ", "1", "" },
				{ "function() return ", "1", " end" }, { "f{", "", "}" }, { "1 or (", "1", ")" }, { "{[", "1", "]=2}" },
				{ "a == 1 and {x=", "1", "}" } }) {
			around(chunks, 200, (n) -> "return " + nest[0].repeat(n) + nest[1] + nest[2].repeat(n));
			around(chunks, 100, (n) -> "return " + nest[0].repeat(n) + nest[1] + nest[2].repeat(n));
			around(chunks, 66, (n) -> "return " + nest[0].repeat(n) + nest[1] + nest[2].repeat(n));
		}
		for (String[] nest : new String[][] { { "do ", "end " }, { "if a then ", "end " }, { "while a do ", "end " },
				{ "for i=1,2 do ", "end " }, { "for k in f do ", "end " }, { "repeat ", "until a " },
				{ "function f() ", "end " }, { "local function f() ", "end " } }) {
			around(chunks, 200, (n) -> nest[0].repeat(n) + nest[1].repeat(n));
			around(chunks, 66, (n) -> nest[0].repeat(n) + nest[1].repeat(n));
			around(chunks, 49, (n) -> nest[0].repeat(n) + nest[1].repeat(n));
		}
		around(chunks, 198, (n) -> list(n, "a", ",") + " = 1");
		around(chunks, 190, (n) -> "do do function f() " + list(n, "a", ",") + " = 1, 2 end end end");
		around(chunks, 249, (n) -> "f(" + list(n, "a", ",") + ")");
		around(chunks, 249, (n) -> "f(" + list(n, "1", ",") + ", ...)");
		around(chunks, 199, (n) -> "local a\nreturn " + list(n, "a", " .. "));
		around(chunks, 249, (n) -> "return " + list(n, "a", ","));
		around(chunks, 249, (n) -> "local a = " + list(n, "a", ","));
		around(chunks, 49, (n) -> "local t = {" + list(n, "a", ",") + "}");
		around(chunks, 49, (n) -> "local " + list(199, "a", ",") + " t = {" + list(n, "a", ",") + "}");
		for (int n = 25_549; n < 25_553; n++) {
			chunks.add("local t = {" + "1,".repeat(n) + "}");
		}
		for (int n = 65_533; n < 65_537; n++) {
			chunks.add("local a while a do " + "b=a ".repeat(2 * n) + "end");
			chunks.add("local a if a then " + "b=a ".repeat(2 * n) + "else b = a end");
			chunks.add("local a repeat " + "b=a ".repeat(2 * n) + "until a");
			chunks.add("local a for i = 1, 2 do " + "b=a ".repeat(2 * n) + "end");
			chunks.add("local a for i in a do if i then break end " + "b=a ".repeat(2 * n) + "end");
			chunks.add("local a\nlocal b = a and {" + "a;".repeat(2 * n) + "}");
			chunks.add("local a for i in a do " + "b=a ".repeat(2 * n + 1) + "end");
		}
		for (int n = 32_766; n < 32_769; n++) {
			chunks.add("do local a end ".repeat(n));
			chunks.add("\nfunction f() " + "do local a end ".repeat(n) + " end");
		}
		for (int n = 262_142; n < 262_145; n++) {
			chunks.add(list(n, "a", " = 1 ") + " = 1");
			chunks.add("return {" + numbers(n) + "}");
		}
		chunks.add("return {" + "{},".repeat(300_000) + "}");
		Random random = new Random(250);
		for (int i = 0; i < 4000; i++) {
			chunks.add(crowded(random));
		}
		List<byte[]> result = new ArrayList<>(chunks.size());
		chunks.forEach((chunk) -> result.add(chunk.getBytes(StandardCharsets.ISO_8859_1)));
		return result;
	}

	private static void around(List<String> chunks, int limit, IntFunction<String> chunk) {
		for (int n = Math.max(1, limit - 6); n < limit + 4; n++) {
			chunks.add(chunk.apply(n));
		}
	}

	private static String list(int n, String name, String separator) {
		StringBuilder result = new StringBuilder(name).append(1);
		for (int i = 2; i <= n; i++) {
			result.append(separator).append(name).append(i);
		}
		return result.toString();
	}

	private static String numbers(int n) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < n; i++) {
			result.append(i).append(',');
		}
		return result.toString();
	}

	// A function whose registers are nearly used up, with an expression that may be too
	// much.
	private static String crowded(Random random) {
		StringBuilder result = new StringBuilder();
		if (random.nextInt(3) == 0) {
			// Constants beyond the 256th take a register as an operand.
			result.append("f{").append(numbers(250 + random.nextInt(20))).append("}\n");
		}
		int locals = 150 + random.nextInt(50);
		result.append("local ").append(list(locals, "a", ",")).append('\n');
		result.append("return ");
		int target = 247 - locals - random.nextInt(16);
		for (int i = 0; i < target; i++) {
			result.append(switch (random.nextInt(12)) {
				case 0 -> "x.y,";
				case 1 -> "not a1,";
				case 2 -> "'c" + i + "' == a2,";
				case 3 -> "a1 and a2 or a3,";
				case 4 -> i + ".5 + 1,";
				case 5 -> "-2 ^ 3,";
				default -> "nil,";
			});
		}
		expression(result, random, 5);
		return result.toString();
	}

	private static void expression(StringBuilder out, Random random, int depth) {
		if (depth == 0) {
			out.append(switch (random.nextInt(9)) {
				case 0 -> "a1";
				case 1 -> "'s" + random.nextInt(600) + "'";
				case 2 -> String.valueOf(random.nextInt(600));
				case 3 -> "...";
				case 4 -> "nil";
				case 5 -> "true";
				case 6 -> "g";
				case 7 -> "g.h";
				default -> "f()";
			});
			return;
		}
		String[] operators = { "+", "-", "*", "/", "%", "^", "..", "==", "~=", "<", ">=", "and", "or" };
		switch (random.nextInt(9)) {
			case 0 -> {
				out.append("not ");
				expression(out, random, depth - 1);
			}
			case 1 -> {
				out.append("- ");
				expression(out, random, depth - 1);
			}
			case 2 -> {
				out.append("f(");
				expression(out, random, depth - 1);
				out.append(',');
				expression(out, random, depth - 1);
				out.append(')');
			}
			case 3 -> {
				out.append("{");
				expression(out, random, depth - 1);
				out.append(", k =");
				expression(out, random, depth - 1);
				out.append(",[");
				expression(out, random, depth - 1);
				out.append("] = 1}");
			}
			case 4 -> {
				out.append("g[");
				expression(out, random, depth - 1);
				out.append("]:m(");
				expression(out, random, depth - 1);
				out.append(")");
			}
			default -> {
				out.append("(");
				expression(out, random, depth - 1);
				out.append(random.nextBoolean() ? ") " : "+ 1) ").append(operators[random.nextInt(operators.length)]);
				out.append(' ');
				expression(out, random, depth - 1);
			}
		}
	}

}
