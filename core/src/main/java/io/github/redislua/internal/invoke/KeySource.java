package io.github.redislua.internal.invoke;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Where one key, or with a collection several keys, come from: text and parameters in
 * turn.
 */
public final class KeySource {

	// Literal text and sources; the text already has the key prefix.
	private final Object[] parts;

	private final boolean spread;

	/**
	 * Create a new source.
	 * @param parts {@code byte[]} for literal text, {@link ValueSource} for a parameter
	 */
	public KeySource(List<Object> parts) {
		this.parts = parts.toArray();
		this.spread = parts.stream().anyMatch((part) -> part instanceof ValueSource source && source.isSpread());
	}

	public boolean isSpread() {
		return this.spread;
	}

	public byte[] single(@Nullable Object[] arguments) {
		if (this.parts.length == 1) {
			return bytes(this.parts[0], arguments);
		}
		byte[][] pieces = new byte[this.parts.length][];
		for (int i = 0; i < pieces.length; i++) {
			pieces[i] = bytes(this.parts[i], arguments);
		}
		return join(pieces);
	}

	public void all(@Nullable Object[] arguments, Consumer<byte[]> target) {
		byte[][] pieces = new byte[this.parts.length][];
		int spreadAt = 0;
		List<byte[]> elements = new ArrayList<>();
		for (int i = 0; i < pieces.length; i++) {
			if (this.parts[i] instanceof ValueSource source && source.isSpread()) {
				spreadAt = i;
				source.all(arguments, elements::add);
			}
			else {
				pieces[i] = bytes(this.parts[i], arguments);
			}
		}
		for (byte[] element : elements) {
			pieces[spreadAt] = element;
			target.accept(join(pieces));
		}
	}

	private static byte[] bytes(Object part, @Nullable Object[] arguments) {
		return (part instanceof byte[] text) ? text : ((ValueSource) part).single(arguments);
	}

	private static byte[] join(byte[][] pieces) {
		if (pieces.length == 1) {
			return pieces[0];
		}
		int length = 0;
		for (byte[] piece : pieces) {
			length += piece.length;
		}
		byte[] joined = new byte[length];
		int offset = 0;
		for (byte[] piece : pieces) {
			System.arraycopy(piece, 0, joined, offset, piece.length);
			offset += piece.length;
		}
		return joined;
	}

}
