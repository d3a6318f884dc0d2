package io.github.redislua.lint.rules;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * "Did you mean": the name that is closest.
 */
final class Suggestions {

	private Suggestions() {
	}

	static @Nullable String closest(String name, Collection<String> candidates) {
		int best = (name.length() <= 3) ? 2 : 3;
		String found = null;
		for (String candidate : candidates) {
			if (Math.abs(candidate.length() - name.length()) < best && !candidate.equals(name)) {
				int distance = distance(name, candidate, best);
				if (distance < best) {
					best = distance;
					found = candidate;
				}
			}
		}
		return found;
	}

	// The number of insertions, deletions, replacements and swaps of neighbours.
	private static int distance(String a, String b, int limit) {
		int[] twoAgo = new int[b.length() + 1];
		int[] previous = new int[b.length() + 1];
		int[] current = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			current[0] = i;
			int least = i;
			for (int j = 1; j <= b.length(); j++) {
				int cost = (a.charAt(i - 1) != b.charAt(j - 1)) ? 1 : 0;
				int value = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					value = Math.min(value, twoAgo[j - 2] + 1);
				}
				current[j] = value;
				least = Math.min(least, value);
			}
			if (least > limit) {
				return limit + 1;
			}
			int[] spare = twoAgo;
			twoAgo = previous;
			previous = current;
			current = spare;
		}
		return previous[b.length()];
	}

}
