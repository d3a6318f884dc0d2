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

	private final AtomicReferenceArray<@Nullable JedisArguments> slots = new AtomicReferenceArray<>(SIZE);

	JedisArguments take() {
		JedisArguments arguments = this.slots.getAndSet(slot(), null);
		return (arguments != null) ? arguments : new JedisArguments();
	}

	void giveBack(JedisArguments arguments) {
		arguments.clear();
		this.slots.setRelease(slot(), arguments);
	}

	private static int slot() {
		return (int) Thread.currentThread().getId() & (SIZE - 1);
	}

}
