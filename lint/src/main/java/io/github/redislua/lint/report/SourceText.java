package io.github.redislua.lint.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines and columns of a script's bytes. A line ends where Lua says it does: at a line
 * feed, a carriage return, or one of each in either order.
 */
public final class SourceText {

	/** Longer lines are cut: nobody reads a mark in a line of a megabyte. */
	private static final int MAX_LINE = 10_000;

	private final byte[] bytes;

	private int[] starts = new int[64];

	private int lines;

	/**
	 * The lines of a script.
	 * @param bytes the script
	 */
	public SourceText(byte[] bytes) {
		this.bytes = bytes;
	}

	// A script without findings is never asked for its lines.
	private void index() {
		if (this.lines > 0) {
			return;
		}
		byte[] source = this.bytes;
		add(0);
		int i = 0;
		while (i < source.length) {
			byte b = source[i++];
			if (b == '\n' || b == '\r') {
				if (i < source.length && b + source[i] == '\n' + '\r') {
					i++;
				}
				add(i);
			}
		}
	}

	private void add(int start) {
		if (this.lines == this.starts.length) {
			this.starts = Arrays.copyOf(this.starts, this.lines * 2);
		}
		this.starts[this.lines++] = start;
	}

	/**
	 * The line of a byte.
	 * @param offset the offset
	 * @return the line, from 1
	 */
	public int line(int offset) {
		index();
		int found = Arrays.binarySearch(this.starts, 0, this.lines, offset);
		return (found >= 0) ? found + 1 : -found - 1;
	}

	/**
	 * Where a line begins.
	 * @param line the line
	 * @return the offset of its first byte
	 */
	public int start(int line) {
		index();
		return this.starts[Math.min(line, this.lines) - 1];
	}

	/**
	 * Where a line ends, without its line break.
	 * @param line the line
	 * @return the offset after its last byte
	 */
	public int end(int line) {
		index();
		int end = (line < this.lines) ? this.starts[line] : this.bytes.length;
		int start = start(line);
		while (end > start && (this.bytes[end - 1] == '\n' || this.bytes[end - 1] == '\r')) {
			end--;
		}
		return end;
	}

	/**
	 * The column of a byte, in characters.
	 * @param offset the offset
	 * @return the column, from 1
	 */
	public int column(int offset) {
		int start = start(line(offset));
		String before = new String(this.bytes, start, Math.min(offset - start, MAX_LINE), StandardCharsets.UTF_8);
		return before.codePointCount(0, before.length()) + 1;
	}

	/**
	 * A line as text.
	 * @param line the line
	 * @return the text
	 */
	public String text(int line) {
		int start = start(line);
		return new String(this.bytes, start, Math.min(end(line) - start, MAX_LINE), StandardCharsets.UTF_8);
	}

	int lines() {
		index();
		return this.lines;
	}

}
