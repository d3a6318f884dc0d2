package io.github.redislua.lint.syntax;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The names of a chunk, each made a string once, and the reserved words.
 */
final class NameTable {

	/** Names that Lua declares itself. */
	static final String SELF = "self";

	static final String ARG = "arg";

	/** The reserved words, and these names, in a table that each chunk starts with. */
	private static final NameTable RESERVED = reserved();

	private final byte[] source;

	private @Nullable String[] names;

	/**
	 * Where each name was first seen; of the first ones ~ the offset in their own text.
	 */
	private int[] starts;

	private int[] hashes;

	private byte[] tokens;

	private int size;

	NameTable(byte[] source) {
		this.source = source;
		this.names = RESERVED.names.clone();
		this.starts = RESERVED.starts.clone();
		this.hashes = RESERVED.hashes.clone();
		this.tokens = RESERVED.tokens.clone();
		this.size = RESERVED.size;
	}

	private NameTable(byte[] source, int capacity) {
		this.source = source;
		this.names = new String[capacity];
		this.starts = new int[capacity];
		this.hashes = new int[capacity];
		this.tokens = new byte[capacity];
	}

	private static NameTable reserved() {
		StringBuilder words = new StringBuilder();
		for (int token = Tokens.AND; token <= Tokens.WHILE; token++) {
			words.append(Tokens.text(token));
		}
		words.append(SELF).append(ARG);
		NameTable table = new NameTable(words.toString().getBytes(StandardCharsets.ISO_8859_1), 256);
		int start = 0;
		for (int token = Tokens.AND; token <= Tokens.WHILE; token++) {
			String word = Tokens.text(token);
			table.put(word, word.hashCode(), ~start, token);
			start += word.length();
		}
		table.put(SELF, SELF.hashCode(), ~start, Tokens.NAME);
		table.put(ARG, ARG.hashCode(), ~(start + SELF.length()), Tokens.NAME);
		return table;
	}

	// Finds or adds a name; the hash is that of String.hashCode().
	int find(int from, int to, int hash) {
		int mask = this.names.length - 1;
		int slot = (hash ^ (hash >>> 15)) & mask;
		for (String name = this.names[slot]; name != null; name = this.names[slot]) {
			if (this.hashes[slot] == hash && name.length() == to - from && same(slot, from, to)) {
				return slot;
			}
			slot = (slot + 1) & mask;
		}
		if (this.size > this.names.length / 2) {
			grow();
		}
		return put(Latin1.string(this.source, from, to), hash, from, Tokens.NAME);
	}

	String name(int slot) {
		String name = this.names[slot];
		return (name != null) ? name : "";
	}

	int token(int slot) {
		return this.tokens[slot] + Tokens.AND;
	}

	private int put(String name, int hash, int start, int token) {
		int mask = this.names.length - 1;
		int slot = (hash ^ (hash >>> 15)) & mask;
		while (this.names[slot] != null) {
			slot = (slot + 1) & mask;
		}
		this.names[slot] = name;
		this.starts[slot] = start;
		this.hashes[slot] = hash;
		this.tokens[slot] = (byte) (token - Tokens.AND);
		this.size++;
		return slot;
	}

	private void grow() {
		@Nullable String[] oldNames = this.names;
		int[] oldStarts = this.starts;
		byte[] oldTokens = this.tokens;
		this.names = new String[oldNames.length * 2];
		this.starts = new int[oldNames.length * 2];
		this.hashes = new int[oldNames.length * 2];
		this.tokens = new byte[oldNames.length * 2];
		this.size = 0;
		for (int i = 0; i < oldNames.length; i++) {
			String name = oldNames[i];
			if (name != null) {
				put(name, name.hashCode(), oldStarts[i], oldTokens[i] + Tokens.AND);
			}
		}
	}

	// Bytes are compared with bytes: a string's characters cost several calls each before
	// anything is compiled.
	private boolean same(int slot, int from, int to) {
		byte[] bytes = this.source;
		int at = this.starts[slot];
		byte[] known = (at >= 0) ? bytes : RESERVED.source;
		at = (at >= 0) ? at : ~at;
		for (int i = from; i < to; i++) {
			if (bytes[i] != known[at++]) {
				return false;
			}
		}
		return true;
	}

}
