package io.github.redislua.lint.syntax;

import org.jspecify.annotations.Nullable;

/**
 * The names of a chunk, each made a string once, and the reserved words.
 */
final class NameTable {

	/** The reserved words in a table that each chunk starts with. */
	private static final NameTable RESERVED = reserved();

	private @Nullable String[] names;

	private byte[] tokens;

	private int size;

	NameTable() {
		this.names = RESERVED.names.clone();
		this.tokens = RESERVED.tokens.clone();
		this.size = RESERVED.size;
	}

	private NameTable(int capacity) {
		this.names = new String[capacity];
		this.tokens = new byte[capacity];
	}

	private static NameTable reserved() {
		NameTable table = new NameTable(256);
		for (int token = Tokens.AND; token <= Tokens.WHILE; token++) {
			String word = Tokens.text(token);
			table.put(word, word.hashCode(), token);
		}
		return table;
	}

	// Finds or adds a name; the hash is that of String.hashCode().
	int find(byte[] source, int from, int to, int hash) {
		int mask = this.names.length - 1;
		int slot = (hash ^ (hash >>> 15)) & mask;
		for (String name = this.names[slot]; name != null; name = this.names[slot]) {
			if (same(name, source, from, to)) {
				return slot;
			}
			slot = (slot + 1) & mask;
		}
		if (this.size > this.names.length / 2) {
			grow();
		}
		return put(Latin1.string(source, from, to), hash, Tokens.NAME);
	}

	String name(int slot) {
		String name = this.names[slot];
		return (name != null) ? name : "";
	}

	int token(int slot) {
		return this.tokens[slot] + Tokens.AND;
	}

	private int put(String name, int hash, int token) {
		int mask = this.names.length - 1;
		int slot = (hash ^ (hash >>> 15)) & mask;
		while (this.names[slot] != null) {
			slot = (slot + 1) & mask;
		}
		this.names[slot] = name;
		this.tokens[slot] = (byte) (token - Tokens.AND);
		this.size++;
		return slot;
	}

	private void grow() {
		@Nullable String[] oldNames = this.names;
		byte[] oldTokens = this.tokens;
		this.names = new String[oldNames.length * 2];
		this.tokens = new byte[oldNames.length * 2];
		this.size = 0;
		for (int i = 0; i < oldNames.length; i++) {
			String name = oldNames[i];
			if (name != null) {
				put(name, name.hashCode(), oldTokens[i] + Tokens.AND);
			}
		}
	}

	private static boolean same(String name, byte[] source, int from, int to) {
		int length = to - from;
		if (name.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (name.charAt(i) != source[from + i]) {
				return false;
			}
		}
		return true;
	}

}
