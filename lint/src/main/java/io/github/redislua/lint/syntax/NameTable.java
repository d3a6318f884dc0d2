package io.github.redislua.lint.syntax;

/**
 * The names of a chunk, each made a string once.
 */
final class NameTable {

	private static final int SEED = 256;

	private String[] table = new String[SEED];

	private int size;

	String get(byte[] source, int from, int to) {
		int hash = 0;
		for (int i = from; i < to; i++) {
			hash = 31 * hash + source[i];
		}
		int slot = slot(hash);
		for (String name = this.table[slot]; name != null; name = this.table[slot]) {
			if (same(name, source, from, to)) {
				return name;
			}
			slot = (slot + 1) & (this.table.length - 1);
		}
		String name = Latin1.string(source, from, to);
		this.table[slot] = name;
		if (++this.size > this.table.length / 2) {
			grow();
		}
		return name;
	}

	private int slot(int hash) {
		return (hash ^ (hash >>> 15)) & (this.table.length - 1);
	}

	private void grow() {
		String[] old = this.table;
		this.table = new String[old.length * 2];
		for (String name : old) {
			if (name != null) {
				// The same function as above: names are ASCII.
				int slot = slot(name.hashCode());
				while (this.table[slot] != null) {
					slot = (slot + 1) & (this.table.length - 1);
				}
				this.table[slot] = name;
			}
		}
	}

	private static boolean same(String name, byte[] source, int from, int to) {
		if (name.length() != to - from) {
			return false;
		}
		for (int i = from; i < to; i++) {
			if (name.charAt(i - from) != source[i]) {
				return false;
			}
		}
		return true;
	}

}
