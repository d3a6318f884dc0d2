package io.github.redislua.lint.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lexer of Lua 5.1 ({@code llex.c}), byte by byte, with its quirks: what the
 * reference implementation accepts, it accepts, and where that stops, it stops with the
 * same text at the same line. One token of lookahead.
 */
final class Lexer {

	private static final int EOZ = -1;

	// What a byte is, in the C locale: in this order, because a comparison tells where a
	// name, a string or a comment goes on.
	private static final byte LETTER = 0;

	private static final byte DIGIT = 1;

	private static final byte BLANK = 2;

	private static final byte SINGLE = 3;

	private static final byte MINUS = 4;

	private static final byte COMPARISON = 5;

	private static final byte DOT = 6;

	private static final byte QUOTE = 7;

	private static final byte OPEN = 8;

	private static final byte CLOSE = 9;

	private static final byte BACKSLASH = 10;

	private static final byte NEWLINE = 11;

	private static final byte NUL = 12;

	/**
	 * What each byte is. A table costs less than comparisons before anything is compiled.
	 */
	private static final byte[] CLASSES = classes();

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

	/**
	 * The source with a NUL byte at its end: the loops below end there without counting,
	 * and are compiled in a fraction of the time.
	 */
	private final byte[] bytes;

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
		this.bytes = Arrays.copyOf(source, source.length + 1);
		this.position = from;
		this.names = new NameTable(source);
	}

	private static byte[] classes() {
		byte[] classes = new byte[256];
		Arrays.fill(classes, SINGLE);
		Arrays.fill(classes, 'a', 'z' + 1, LETTER);
		Arrays.fill(classes, 'A', 'Z' + 1, LETTER);
		classes['_'] = LETTER;
		Arrays.fill(classes, '0', '9' + 1, DIGIT);
		set(classes, " \t\u000b\f", BLANK);
		set(classes, "-", MINUS);
		set(classes, "=<>~", COMPARISON);
		set(classes, ".", DOT);
		set(classes, "\"'", QUOTE);
		set(classes, "[", OPEN);
		set(classes, "]", CLOSE);
		set(classes, "\\", BACKSLASH);
		set(classes, "\n\r", NEWLINE);
		set(classes, "\0", NUL);
		return classes;
	}

	private static void set(byte[] classes, String characters, byte value) {
		for (int i = 0; i < characters.length(); i++) {
			classes[characters.charAt(i)] = value;
		}
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

	// In one method, because it is called everywhere: one this long is compiled once,
	// those that are shorter once more in each that calls them.
	private int scan() throws LuaSyntaxException {
		byte[] all = this.bytes;
		byte[] classes = CLASSES;
		int i = this.position;
		while (true) {
			this.scanStart = i;
			int c = all[i] & 0xff;
			switch (classes[c]) {
				case LETTER -> {
					return name(i);
				}
				case DIGIT -> {
					return numeral(i);
				}
				case BLANK -> {
					do {
						i++;
					}
					while (all[i] == ' ');
				}
				case NEWLINE -> {
					this.line++;
					i++;
					if (all[i] != c && isNewline(all[i])) {
						i++;
					}
				}
				case SINGLE, CLOSE, BACKSLASH -> {
					this.position = i + 1;
					return c;
				}
				case MINUS -> {
					if (all[i + 1] != '-') {
						this.position = i + 1;
						return c;
					}
					this.position = i + 2;
					comment();
					i = this.position;
				}
				case COMPARISON -> {
					if (all[i + 1] != '=') {
						this.position = i + 1;
						return c;
					}
					this.position = i + 2;
					return switch (c) {
						case '=' -> Tokens.EQ;
						case '<' -> Tokens.LE;
						case '>' -> Tokens.GE;
						default -> Tokens.NE;
					};
				}
				case QUOTE -> {
					int from = i;
					do {
						i++;
					}
					while (all[i] != c && classes[all[i] & 0xff] < BACKSLASH);
					if (all[i] != c) {
						this.position = from;
						return escaped(c);
					}
					this.textFrom = from;
					this.textTo = i + 1;
					this.string = Latin1.string(all, from + 1, i);
					this.position = i + 1;
					return Tokens.STRING;
				}
				case DOT -> {
					return dot(i);
				}
				case OPEN -> {
					this.position = i;
					return bracket();
				}
				default -> {
					boolean end = i == this.source.length;
					this.position = end ? i : i + 1;
					return end ? Tokens.EOS : c;
				}
			}
		}
	}

	private int bracket() throws LuaSyntaxException {
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

	private int dot(int from) throws LuaSyntaxException {
		this.position = from + 1;
		if (optional('.')) {
			return optional('.') ? Tokens.DOTS : Tokens.CONCAT;
		}
		return isDigit(current()) ? numeral(this.position) : '.';
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

	private int name(int from) {
		byte[] all = this.bytes;
		byte[] classes = CLASSES;
		int hash = 0;
		int i = from;
		do {
			hash = 31 * hash + all[i++];
		}
		while (classes[all[i] & 0xff] <= DIGIT);
		this.position = i;
		this.textFrom = from;
		this.textTo = i;
		int found = this.names.find(from, i, hash);
		this.string = this.names.name(found);
		return this.names.token(found);
	}

	// Where a byte of a class is, or of one after it.
	private int find(int from, byte byteClass) {
		byte[] all = this.bytes;
		byte[] classes = CLASSES;
		int i = from;
		while (classes[all[i] & 0xff] < byteClass) {
			i++;
		}
		return i;
	}

	private int numeral(int from) throws LuaSyntaxException {
		byte[] all = this.bytes;
		int i = from;
		while (isDigit(all[i]) || all[i] == '.') {
			i++;
		}
		if (all[i] == 'E' || all[i] == 'e' || isNul(i)) {
			i++;
			if (all[i] == '+' || all[i] == '-' || isNul(i)) {
				i++;
			}
		}
		while (isLetterOrDigit(all[i] & 0xff)) {
			i++;
		}
		this.position = i;
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
		int i = find(from, NEWLINE);
		while (isNul(i)) {
			i = find(i + 1, NEWLINE);
		}
		this.position = i;
		int text = from;
		while (this.bytes[text] == ' ' || this.bytes[text] == '\t' || this.bytes[text] == '-') {
			text++;
		}
		if (this.bytes[text] == 'l') {
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
			skipText(keep);
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

	// Skips what means nothing inside of long brackets.
	private void skipText(boolean keep) {
		int from = this.position;
		this.position = find(from, OPEN);
		if (keep) {
			this.buffer.append(this.source, from, this.position);
		}
	}

	private void keep(boolean keep, int at) {
		if (keep) {
			this.buffer.append(this.source[at]);
		}
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
		int i = this.position;
		int old = this.bytes[i];
		int c = this.bytes[i + 1];
		this.position = (isNewline(c) && c != old) ? i + 2 : i + 1;
		this.line++;
	}

	// Whether a NUL byte is there that is not the one behind the end.
	private boolean isNul(int i) {
		return this.bytes[i] == 0 && i < this.source.length;
	}

	static boolean isLetterOrDigit(int c) {
		return c >= 0 && CLASSES[c] <= DIGIT;
	}

	private static boolean isNewline(int c) {
		return c == '\n' || c == '\r';
	}

	private static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

}
