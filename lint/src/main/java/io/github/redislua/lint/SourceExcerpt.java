package io.github.redislua.lint;

/**
 * The source line below a finding, with its mark. Indentation is left out, so that the
 * mark is below what it means however wide a tab is.
 */
final class SourceExcerpt {

	/** A line longer than this (generated or minified) is shown around the mark only. */
	private static final int WIDTH = 160;

	private static final int CONTEXT = 60;

	private SourceExcerpt() {
	}

	static void append(StringBuilder out, Finding finding) {
		String text = finding.text();
		int from = 0;
		while (from < text.length() && text.charAt(from) <= ' ') {
			from++;
		}
		int mark = Math.min(text.offsetByCodePoints(0, clamp(text, finding.column() - 1)), text.length());
		int markEnd = Math.max(mark, text.offsetByCodePoints(0, clamp(text, finding.endColumn() - 1)));
		from = Math.min(from, mark);
		int to = text.stripTrailing().length();
		to = Math.max(to, Math.min(markEnd, text.length()));
		if (to - from > WIDTH) {
			from = Math.max(from, mark - CONTEXT);
			to = Math.min(to, from + WIDTH);
			markEnd = Math.min(markEnd, to);
		}
		String number = Integer.toString(finding.line());
		out.append('\n');
		for (int i = number.length(); i < 4; i++) {
			out.append(' ');
		}
		out.append(number).append(" | ");
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			out.append((c < ' ' || c == 0x7f) ? ' ' : c);
		}
		out.append("\n     | ");
		for (int i = from; i < mark; i += Character.charCount(text.codePointAt(i))) {
			out.append(' ');
		}
		out.append('^');
		int width = (markEnd > mark) ? text.codePointCount(mark, markEnd) : 1;
		for (int i = 1; i < width; i++) {
			out.append('~');
		}
	}

	private static int clamp(String text, int codePoints) {
		return Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length())));
	}

}
