package io.github.redislua.internal.execute.call;

import java.nio.charset.StandardCharsets;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.ClusterSlotHashUtil;

import io.github.redislua.internal.codec.Excerpt;

/**
 * The hash slots of a Redis Cluster.
 */
public final class Slots {

	/**
	 * How many slots there are.
	 */
	public static final int COUNT = 16384;

	private Slots() {
	}

	/**
	 * The slot of a call's keys.
	 * @param call the call
	 * @return a number from 0 to 16383, or -1 if the call has no keys
	 * @throws InvalidDataAccessApiUsageException if the keys are in different slots
	 */
	public static int of(ScriptCall call) {
		if (call.keyCount() == 0) {
			return -1;
		}
		byte[][] values = call.values();
		int slot = ClusterSlotHashUtil.calculateSlot(values[0]);
		for (int i = 1; i < call.keyCount(); i++) {
			int other = ClusterSlotHashUtil.calculateSlot(values[i]);
			if (other != slot) {
				throw crossSlot(call, values[0], slot, values[i], other);
			}
		}
		return slot;
	}

	private static InvalidDataAccessApiUsageException crossSlot(ScriptCall call, byte[] first, int slot, byte[] second,
			int other) {
		String one = shown(first);
		String two = shown(second);
		return new InvalidDataAccessApiUsageException(
				call.options().method() + " cannot call script '" + call.target().script().name()
						+ "' on a Redis Cluster: the keys '" + one + "' (slot " + slot + ") and '" + two + "' (slot "
						+ other + ") are in different slots. Nothing was sent. Give them a common hash tag, "
						+ "the part in braces that alone decides the slot: " + suggestion(one, two));
	}

	private static String suggestion(String one, String two) {
		int colon = one.indexOf(':');
		if (colon > 0 && two.startsWith(one.substring(0, colon + 1))) {
			// The part in common is likely the kind of key, and what follows the
			// identity.
			int end = 0;
			while (end < one.length() && end < two.length() && one.charAt(end) == two.charAt(end)) {
				end++;
			}
			int cut = one.lastIndexOf(':', end);
			if (cut > colon) {
				return "'{" + one.substring(0, cut) + "}" + one.substring(cut) + "' and '{" + one.substring(0, cut)
						+ "}" + two.substring(cut) + "'";
			}
		}
		return "'{tag}:" + one + "' and '{tag}:" + two + "'";
	}

	private static String shown(byte[] key) {
		return Excerpt.line(new String(key, StandardCharsets.UTF_8));
	}

}
