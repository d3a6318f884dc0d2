package io.github.redislua.lint.syntax;

import java.util.Arrays;

/**
 * Bytes of a string literal while it is read.
 */
final class ByteBuilder {

	private byte[] bytes = new byte[64];

	private int length;

	void clear() {
		this.length = 0;
	}

	int length() {
		return this.length;
	}

	void append(int b) {
		if (this.length == this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, this.length * 2);
		}
		this.bytes[this.length++] = (byte) b;
	}

	void append(byte[] source, int from, int to) {
		int needed = this.length + to - from;
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, this.bytes.length * 2));
		}
		System.arraycopy(source, from, this.bytes, this.length, to - from);
		this.length = needed;
	}

	String substring(int from, int to) {
		return Latin1.string(this.bytes, from, to);
	}

}
