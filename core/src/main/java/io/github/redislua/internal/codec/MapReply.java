package io.github.redislua.internal.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A RESP3 map in the neutral reply model: field, value, field, value, in the order of the
 * server. Not a {@code java.util.Map}, since a field may be a {@code byte[]}. Internal.
 */
public final class MapReply {

	private final List<@Nullable Object> entries;

	/**
	 * Creates a map reply.
	 * @param entries field, value, field, value; used as it is, not copied
	 */
	public MapReply(List<@Nullable Object> entries) {
		if (entries.size() % 2 != 0) {
			throw new IllegalArgumentException("A map needs a value for every field, not " + entries.size() + " parts");
		}
		this.entries = entries;
	}

	/**
	 * The fields and values in turn.
	 * @return field, value, field, value
	 */
	public List<@Nullable Object> entries() {
		return this.entries;
	}

	/**
	 * The number of fields.
	 * @return half the number of {@link #entries()}
	 */
	public int size() {
		return this.entries.size() / 2;
	}

	@Override
	public String toString() {
		return "map of " + size() + ((size() != 1) ? " entries" : " entry");
	}

}
