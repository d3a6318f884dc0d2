package io.github.redislua.internal.invoke;

import java.time.Duration;
import java.util.regex.Pattern;

import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Durations as annotations have them.
 */
final class Durations {

	private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

	private Durations() {
	}

	/**
	 * Reads a duration.
	 * @param text such as {@code 200ms}, {@code 2s} or {@code PT0.2S}
	 * @return a positive duration, at most as long as a {@code long} has nanoseconds
	 * @throws IllegalArgumentException if it is none
	 */
	static Duration parse(String text) {
		if (NUMBER.matcher(text).matches()) {
			throw new IllegalArgumentException("it has no unit");
		}
		Duration duration;
		try {
			Style style = DurationFormatterUtils.detect(text);
			duration = DurationFormatterUtils.parse(text, style);
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("it is too long", ex);
		}
		if (duration.isZero() || duration.isNegative()) {
			throw new IllegalArgumentException("it must be positive");
		}
		if (duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
			throw new IllegalArgumentException("it is longer than 292 years");
		}
		return duration;
	}

}
