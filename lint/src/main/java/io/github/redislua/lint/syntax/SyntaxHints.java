package io.github.redislua.lint.syntax;

import org.jspecify.annotations.Nullable;

/**
 * What to write instead, where a mistake is one of those that people make who come from
 * other languages or newer versions of Lua.
 */
final class SyntaxHints {

	private final byte[] source;

	private final int start;

	/** The text of the token that is wrong and of the one before it. */
	private final String token;

	private final String previous;

	private SyntaxHints(Lexer lexer, int start) {
		this.source = lexer.source;
		this.start = start;
		this.token = (start == lexer.start) ? Latin1.string(this.source, start, Math.min(lexer.end, start + 30)) : "";
		this.previous = (start == lexer.start)
				? Latin1.string(this.source, lexer.previousStart, Math.min(lexer.previousEnd, lexer.previousStart + 30))
				: "";
	}

	static @Nullable String hint(Lexer lexer, String message, int start) {
		if (message.startsWith("unfinished long")) {
			return "it is opened on line " + lexer.lineOf(start);
		}
		if (message.startsWith("unfinished string")) {
			return "a string ends on its line; '[[' and ']]' go over several";
		}
		if (message.equals("malformed number")) {
			return "numbers are written as 3, 0.5, 1e6 or 0xff";
		}
		SyntaxHints hints = new SyntaxHints(lexer, start);
		String hint = hints.operator();
		hint = (hint != null) ? hint : hints.word();
		return (hint != null) ? hint : hints.structure(lexer, message);
	}

	private int at(int offset) {
		int i = this.start + offset;
		return (i >= 0 && i < this.source.length) ? this.source[i] & 0xff : -1;
	}

	private @Nullable String operator() {
		int next = at(1);
		return switch (at(0)) {
			case '!' -> (next == '=') ? "Lua writes 'not equal' as '~='" : "Lua writes '!' as 'not'";
			case '&' -> (next == '&') ? "Lua writes '&&' as 'and'" : "Lua 5.1 has no '&': use bit.band(a, b)";
			case '|' -> (next == '|') ? "Lua writes '||' as 'or'" : "Lua 5.1 has no '|': use bit.bor(a, b)";
			case '+', '-', '*', '%', '^' -> increment((char) at(0), next);
			case '/' -> slash(next);
			case '<' -> angle(next);
			case '>' -> (at(-1) == '>' || next == '>') ? "Lua 5.1 has no '>>': use bit.rshift(a, n)" : null;
			case '=' -> (at(-1) == '=') ? "Lua compares with '=='" : assignment();
			case '.' -> (this.token.equals("..") && at(2) == '=') ? "Lua has no '..=': write 'x = x .. y'" : null;
			case '?' -> "Lua has no '?': write 'condition and a or b'";
			case ';' -> "an empty statement is an error in Lua 5.1: leave the ';' out";
			case ':' ->
				(next == '=') ? "Lua assigns with '='" : (next == ':') ? "Lua 5.1 has no labels and no goto" : null;
			case '{' -> "blocks are written 'then ... end' and 'do ... end'";
			case '~' -> "Lua 5.1 has no '~': use bit.bnot(a) and bit.bxor(a, b)";
			case '#' -> (next == '!') ? "the shebang line must be the very first, without a blank before it"
					: "comments start with '--'";
			case '`' -> "strings are written with '\"' or \"'\"";
			case 0xe2 -> (next == 0x80 && at(2) >= 0x98 && at(2) <= 0x9f)
					? "this is a typographic quote: write a plain ' or \"" : notAscii();
			case 0xc2 -> (next == 0xa0) ? "this is a no-break space: write a plain blank" : notAscii();
			default -> (at(0) >= 0x80) ? notAscii() : null;
		};
	}

	private static String notAscii() {
		return "outside of strings and comments only ASCII characters are allowed";
	}

	private @Nullable String increment(char operator, int next) {
		if (next == '=') {
			return "Lua has no '" + operator + "=': write 'x = x " + operator + " y'";
		}
		if (next == operator && (operator == '+' || operator == '*')) {
			return (operator == '+') ? "Lua has no '++': write 'x = x + 1'" : "Lua writes powers as 'x ^ y'";
		}
		return null;
	}

	private @Nullable String slash(int next) {
		if (next == '/' || at(-1) == '/') {
			return "Lua 5.1 has no '//': comments start with '--', and integer division is math.floor(a / b)";
		}
		if (next == '*') {
			return "comments are written '--[[ ... ]]'";
		}
		return (next == '=') ? "Lua has no '/=': write 'x = x / y'" : null;
	}

	private @Nullable String angle(int next) {
		if (next == '<' || at(-1) == '<') {
			return "Lua 5.1 has no '<<': use bit.lshift(a, n)";
		}
		return (next == 'c') ? "Lua 5.1 has no attributes such as <const>: leave it out" : null;
	}

	private @Nullable String assignment() {
		return (this.previous.equals("then") || this.previous.equals("do")) ? null
				: "an assignment is a statement of its own; Lua compares with '=='";
	}

	private @Nullable String word() {
		return switch (this.previous) {
			case "goto" -> "Lua 5.1 has no goto";
			case "continue" -> "Lua has no 'continue': put the rest of the loop into an 'if'";
			case "var", "let", "const" -> "variables are declared with 'local'";
			case "elif", "elsif" -> "Lua writes 'elseif'";
			case "switch", "case" -> "Lua has no 'switch': write 'if ... elseif ... end'";
			case "try" -> "Lua has no 'try': use pcall(function() ... end)";
			case "func", "def", "fn" -> "functions are written 'local function name() ... end'";
			case "null", "NULL" -> "Lua's null is 'nil'";
			default -> null;
		};
	}

	private @Nullable String structure(Lexer lexer, String message) {
		if (lexer.elseIf > 0 && message.startsWith("'end' expected (to close 'if'")) {
			return "'else if' on line " + lexer.elseIf + " opens another 'if' with an 'end' of its own: write 'elseif'";
		}
		if (message.startsWith("'<eof>' expected")) {
			if (this.token.equals("end")) {
				return "there is one 'end' too many";
			}
			return lexer.afterLast ? "'return' and 'break' must be the last statement of their block" : null;
		}
		if (message.startsWith("'end' expected") && lexer.token == Tokens.EOS) {
			return missingEnd(lexer, message);
		}
		if (message.startsWith("'end' expected") && lexer.afterLast) {
			return "'return' and 'break' must be the last statement of their block";
		}
		if (message.equals("'then' expected")) {
			return "write 'if condition then'";
		}
		if (message.equals("'do' expected")) {
			return "write 'while condition do', 'for i = 1, n do'";
		}
		if (message.startsWith("ambiguous syntax")) {
			return "put ';' before the '(' or move it to the line above";
		}
		return null;
	}

	// Lua names the block that is still open, unless it is opened on the same line.
	private static String missingEnd(Lexer lexer, String message) {
		int block = message.indexOf("(to close ");
		int line = message.indexOf(" at line ");
		int end = message.indexOf(')');
		if (block < 0 || line < block || end < line) {
			return "an 'end' is missing for what is opened on line " + lexer.line;
		}
		return "an 'end' is missing for the " + message.substring(block + "(to close ".length(), line) + " on line "
				+ message.substring(line + " at line ".length(), end);
	}

}
