package io.github.redislua.test.internal.topology;

import java.nio.charset.StandardCharsets;

/**
 * Which slot of a cluster a key belongs to.
 */
public final class ClusterSlots {

	static final int COUNT = 16_384;

	private static final int POLYNOMIAL = 0x1021;

	private ClusterSlots() {
	}

	public static int of(String key) {
		String tagged = key;
		int open = key.indexOf('{');
		int close = key.indexOf('}', open + 1);
		if (open >= 0 && close > open + 1) {
			tagged = key.substring(open + 1, close);
		}
		return crc16(tagged.getBytes(StandardCharsets.UTF_8)) % COUNT;
	}

	private static int crc16(byte[] bytes) {
		int crc = 0;
		for (byte next : bytes) {
			crc ^= (next & 0xff) << 8;
			for (int bit = 0; bit < 8; bit++) {
				crc = ((crc & 0x8000) != 0) ? (crc << 1) ^ POLYNOMIAL : crc << 1;
			}
			crc &= 0xffff;
		}
		return crc;
	}

}
