package io.github.redislua.lint.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * The lexer of Lua 5.1 ({@code llex.c}), byte by byte, with its quirks: what the
 * reference implementation accepts, it accepts, and where that stops, it stops with the
 * same text at the same line. One token of lookahead.
 */
final class Lexer {

	private static final int EOZ = -1;

	private static final byte LETTER = 1;

	private static final byte DIGIT = 2;

	/**
	 * What each byte is, in the C locale. A table costs less than comparisons before
	 * anything is compiled.
	 */
	private static final byte[] CLASSES = new byte[256];

	static {
		for (int c = 0; c < 256; c++) {
			if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_') {
				CLASSES[c] = LETTER;
			}
			else if (c >= '0' && c <= '9') {
				CLASSES[c] = DIGIT;
			}
		}
	}

	/** The current token. */
	int token = Tokens.EOS;

	/** How many tokens were read. */
	int tokens;

	/** Offsets of the current token. */
	int start;

	int end;

	/** The line of the character after the last token read: what messages name. */
	int line = 1;

	/** The line on which the token before the current one ended. */
	int lastLine = 1;

	/** Offsets and number of the token before the current one. */
	int previousToken = Tokens.EOS;

	int previousStart;

	int previousEnd;

	/** Value of a NAME or STRING. */
	String string = "";

	/** Value of a NUMBER. */
	double number;

	final byte[] source;

	// For hints: the line of the first "else if", and whether a block should have ended.
	int elseIf;

	boolean afterLast;

	private final NameTable names;

	private final ByteBuilder buffer = new ByteBuilder();

	private final List<int[]> directives = new ArrayList<>();

	private int position;

	/**
	 * Where the text of the last NAME or NUMBER is in the source; to is -1 for a STRING.
	 */
	private int textFrom;

	private int textTo;

	private int scanStart;

	private boolean ahead;

	private int aheadToken;

	private int aheadStart;

	private int aheadEnd;

	private String aheadString = "";

	private double aheadNumber;

	Lexer(byte[] source, int from) {
		this.source = source;
		this.position = from;
		this.names = new NameTable(source);
	}

	// Offsets of the comments that may hold a directive, from the first character after
	// the dashes to the end of the line.
	List<int[]> directives() {
		return this.directives;
	}

	void next() throws LuaSyntaxException {
		this.tokens++;
		this.lastLine = this.line;
		this.previousToken = this.token;
		this.previousStart = this.start;
		this.previousEnd = this.end;
		if (this.ahead) {
			this.ahead = false;
			this.token = this.aheadToken;
			this.start = this.aheadStart;
			this.end = this.aheadEnd;
			this.string = this.aheadString;
			this.number = this.aheadNumber;
		}
		else {
			this.token = scan();
			this.start = this.scanStart;
			this.end = this.position;
		}
	}

	// The line of an offset; slow, for messages only.
	int lineOf(int offset) {
		int result = 1;
		for (int i = 0; i < offset; i++) {
			byte b = this.source[i];
			if (b == '\n' || b == '\r') {
				result++;
				if (i + 1 < offset && b + this.source[i + 1] == '\n' + '\r') {
					i++;
				}
			}
		}
		return result;
	}

	// Reads one token further without leaving the current one.
	int lookahead() throws LuaSyntaxException {
		String currentString = this.string;
		double currentNumber = this.number;
		this.aheadToken = scan();
		this.aheadStart = this.scanStart;
		this.aheadEnd = this.position;
		this.aheadString = this.string;
		this.aheadNumber = this.number;
		this.string = currentString;
		this.number = currentNumber;
		this.ahead = true;
		return this.aheadToken;
	}

	// An error "near" the current token.
	LuaSyntaxException syntaxError(String message) {
		return error(message, this.token, this.start, this.end);
	}

	// An error without "near", at the current token.
	LuaSyntaxException limitError(String message) {
		return new LuaSyntaxException(message, this.line, this.start, this.end, null);
	}

	private LuaSyntaxException scanError(String message, int token) {
		return error(message, token, this.scanStart, Math.max(this.position, this.scanStart));
	}

	private LuaSyntaxException error(String message, int token, int start, int end) {
		String near = (token != 0) ? message + " near '" + near(token) + "'" : message;
		return new LuaSyntaxException(near, this.line, start, end, SyntaxHints.hint(this, message, start));
	}

	private String near(int token) {
		if (token != Tokens.NAME && token != Tokens.STRING && token != Tokens.NUMBER) {
			return Tokens.text(token);
		}
		String text = (this.textTo >= 0) ? Latin1.string(this.source, this.textFrom, this.textTo)
				: this.buffer.substring(0, this.buffer.length());
		int nul = text.indexOf('\0');
		return (nul >= 0) ? text.substring(0, nul) : text;
	}

	private int current() {
		return (this.position < this.source.length) ? this.source[this.position] & 0xff : EOZ;
	}

	private int scan() throws LuaSyntaxException {
		while (true) {
			int c = current();
			this.scanStart = this.position;
			switch (c) {
				case EOZ -> {
					return Tokens.EOS;
				}
				case '\n', '\r' -> newline();
				case ' ', '\t', 0x0b, '\f' -> blanks();
				case '-' -> {
					this.position++;
					if (current() != '-') {
						return '-';
					}
					this.position++;
					comment();
				}
				case '[' -> {
					int level = separator();
					if (level >= 0) {
						return longString(level);
					}
					if (level == -1) {
						return '[';
					}
					this.textTo = -1;
					this.buffer.clear();
					this.buffer.append(this.source, this.scanStart, this.position);
					throw scanError("invalid long string delimiter", Tokens.STRING);
				}
				case '=' -> {
					return orEqual('=', Tokens.EQ);
				}
				case '<' -> {
					return orEqual('<', Tokens.LE);
				}
				case '>' -> {
					return orEqual('>', Tokens.GE);
				}
				case '~' -> {
					return orEqual('~', Tokens.NE);
				}
				case '"', '\'' -> {
					return quoted(c);
				}
				case '.' -> {
					return dot();
				}
				default -> {
					if (isDigit(c)) {
						return numeral();
					}
					if (isLetter(c)) {
						return name();
					}
					this.position++;
					return c;
				}
			}
		}
	}

	private void blanks() {
		byte[] bytes = this.source;
		int i = this.position + 1;
		while (i < bytes.length && (bytes[i] == ' ' || bytes[i] == '\t')) {
			i++;
		}
		this.position = i;
	}

	private int orEqual(int single, int withEqual) {
		this.position++;
		if (current() != '=') {
			return single;
		}
		this.position++;
		return withEqual;
	}

	private int dot() throws LuaSyntaxException {
		this.position++;
		if (optional('.')) {
			return optional('.') ? Tokens.DOTS : Tokens.CONCAT;
		}
		return isDigit(current()) ? numeral() : '.';
	}

	// Skips the character, or a NUL byte: strchr in the reference implementation finds
	// that in every set.
	private boolean optional(int c) {
		int current = current();
		if (current != c && current != 0) {
			return false;
		}
		this.position++;
		return true;
	}

	private int name() {
		byte[] bytes = this.source;
		byte[] classes = CLASSES;
		int length = bytes.length;
		int from = this.position;
		int hash = bytes[from];
		int i = from + 1;
		while (i < length) {
			byte b = bytes[i];
			if (classes[b & 0xff] == 0) {
				break;
			}
			hash = 31 * hash + b;
			i++;
		}
		this.position = i;
		this.textFrom = from;
		this.textTo = i;
		int found = this.names.find(from, i, hash);
		this.string = this.names.name(found);
		return this.names.token(found);
	}

	private int numeral() throws LuaSyntaxException {
		while (isDigit(current()) || current() == '.') {
			this.position++;
		}
		int c = current();
		if (c == 'E' || c == 'e' || c == 0) {
			this.position++;
			c = current();
			if (c == '+' || c == '-' || c == 0) {
				this.position++;
			}
		}
		while (isLetterOrDigit(current())) {
			this.position++;
		}
		this.textFrom = this.scanStart;
		this.textTo = this.position;
		this.number = Numerals.parse(this.source, this.textFrom, this.textTo);
		if (Double.isNaN(this.number)) {
			throw scanError("malformed number", Tokens.NUMBER);
		}
		return Tokens.NUMBER;
	}

	private void comment() throws LuaSyntaxException {
		if (current() == '[') {
			int level = separator();
			if (level >= 0) {
				longBracket(level, false);
				return;
			}
		}
		int from = this.position;
		int i = from;
		while (i < this.source.length && this.source[i] != '\n' && this.source[i] != '\r') {
			i++;
		}
		this.position = i;
		int text = from;
		while (text < i && (this.source[text] == ' ' || this.source[text] == '\t')) {
			text++;
		}
		if (text < i && this.source[text] == 'l') {
			this.directives.add(new int[] { text, i });
		}
	}

	private int separator() {
		int bracket = current();
		this.position++;
		int count = 0;
		while (current() == '=') {
			this.position++;
			count++;
		}
		return (current() == bracket) ? count : -count - 1;
	}

	private int longString(int level) throws LuaSyntaxException {
		this.textTo = -1;
		this.buffer.clear();
		this.buffer.append(this.source, this.scanStart, this.position);
		longBracket(level, true);
		this.string = this.buffer.substring(level + 2, this.buffer.length() - level - 2);
		return Tokens.STRING;
	}

	private void longBracket(int level, boolean keep) throws LuaSyntaxException {
		keep(keep, this.position++);
		if (isNewline(current())) {
			newline();
		}
		while (true) {
			int c = current();
			int from = this.position;
			if (c == EOZ) {
				this.scanStart = Math.min(this.scanStart, this.source.length);
				throw scanError(keep ? "unfinished long string" : "unfinished long comment", Tokens.EOS);
			}
			if (c == '[' || c == ']') {
				int found = separator();
				if (keep) {
					this.buffer.append(this.source, from, this.position);
				}
				if (found != level) {
					continue;
				}
				keep(keep, this.position++);
				if (c == ']') {
					return;
				}
				if (level == 0) {
					throw scanError("nesting of [[...]] is deprecated", '[');
				}
			}
			else if (isNewline(c)) {
				newline();
				if (keep) {
					this.buffer.append('\n');
				}
			}
			else {
				keep(keep, this.position++);
			}
		}
	}

	private void keep(boolean keep, int at) {
		if (keep) {
			this.buffer.append(this.source[at]);
		}
	}

	private int quoted(int delimiter) throws LuaSyntaxException {
		byte[] bytes = this.source;
		int i = this.position + 1;
		while (i < bytes.length && bytes[i] != delimiter && bytes[i] != '\\' && !isNewline(bytes[i])) {
			i++;
		}
		if (i < bytes.length && bytes[i] == delimiter) {
			this.textFrom = this.position;
			this.textTo = i + 1;
			this.string = Latin1.string(bytes, this.position + 1, i);
			this.position = i + 1;
			return Tokens.STRING;
		}
		return escaped(delimiter);
	}

	private int escaped(int delimiter) throws LuaSyntaxException {
		this.textTo = -1;
		this.buffer.clear();
		this.buffer.append(delimiter);
		this.position++;
		while (true) {
			int c = current();
			if (c == delimiter) {
				break;
			}
			if (c == EOZ) {
				throw scanError("unfinished string", Tokens.EOS);
			}
			if (isNewline(c)) {
				throw scanError("unfinished string", Tokens.STRING);
			}
			this.position++;
			if (c == '\\') {
				escape();
			}
			else {
				this.buffer.append(c);
			}
		}
		this.buffer.append(delimiter);
		this.position++;
		this.string = this.buffer.substring(1, this.buffer.length() - 1);
		return Tokens.STRING;
	}

	private void escape() throws LuaSyntaxException {
		int c = current();
		if (c == EOZ) {
			return;
		}
		if (isNewline(c)) {
			this.buffer.append('\n');
			newline();
			return;
		}
		if (isDigit(c)) {
			int value = 0;
			for (int i = 0; i < 3 && isDigit(current()); i++) {
				value = 10 * value + current() - '0';
				this.position++;
			}
			if (value > 255) {
				throw scanError("escape sequence too large", Tokens.STRING);
			}
			this.buffer.append(value);
			return;
		}
		this.position++;
		this.buffer.append(switch (c) {
			case 'a' -> 7;
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'v' -> 11;
			default -> c;
		});
	}

	private void newline() {
		int old = current();
		this.position++;
		int c = current();
		if (isNewline(c) && c != old) {
			this.position++;
		}
		this.line++;
	}

	private static boolean isNewline(int c) {
		return c == '\n' || c == '\r';
	}

	static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

	static boolean isLetter(int c) {
		return c >= 0 && CLASSES[c] == LETTER;
	}

	static boolean isLetterOrDigit(int c) {
		return c >= 0 && CLASSES[c] != 0;
	}

}
