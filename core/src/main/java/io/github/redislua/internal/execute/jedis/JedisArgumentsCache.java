package io.github.redislua.internal.execute.jedis;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Arguments to use again: a new object comes with a list that Jedis makes for itself, a
 * third of what a call allocates. Threads look in different places; what is taken is made
 * anew.
 */
final class JedisArgumentsCache {

	private static final int SIZE = 64;

	/**
	 * From one place to the next, so that no two of them share a cache line.
	 */
	private static final int STRIDE = 32;

	private final AtomicReferenceArray<@Nullable JedisArguments> slots = new AtomicReferenceArray<>(
			(SIZE + 1) * STRIDE);

	JedisArguments take() {
		JedisArguments arguments = this.slots.getAndSet(slot(), null);
		return (arguments != null) ? arguments : new JedisArguments();
	}

	void giveBack(JedisArguments arguments) {
		arguments.clear();
		this.slots.setRelease(slot(), arguments);
	}

	// The first ones are beside the array's length.
	private static int slot() {
		return (1 + ((int) Thread.currentThread().getId() & (SIZE - 1))) * STRIDE;
	}

}
