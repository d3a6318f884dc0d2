package io.github.redislua.test.internal.binary;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dotted version, compared number by number; a missing number is a zero.
 *
 * @param text the version as written
 */
public record RedisVersion(String text) implements Comparable<RedisVersion> {

	private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");

	public RedisVersion {
		Matcher matcher = NUMBERS.matcher(text);
		if (!matcher.lookingAt()) {
			throw new IllegalArgumentException("'%s' is not a version such as 7.4".formatted(text));
		}
	}

	public boolean isAtLeast(RedisVersion other) {
		return compareTo(other) >= 0;
	}

	@Override
	public int compareTo(RedisVersion other) {
		int[] mine = numbers();
		int[] others = other.numbers();
		int length = Math.max(mine.length, others.length);
		return Arrays.compare(Arrays.copyOf(mine, length), Arrays.copyOf(others, length));
	}

	private int[] numbers() {
		Matcher matcher = NUMBERS.matcher(this.text);
		return (matcher.lookingAt()) ? Arrays.stream(matcher.group().split("\\.")).mapToInt(Integer::parseInt).toArray()
				: new int[0];
	}

	@Override
	public String toString() {
		return this.text;
	}

}
