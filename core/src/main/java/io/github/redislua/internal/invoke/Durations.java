package io.github.redislua.internal.invoke;

import java.time.Duration;

import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Durations as people write them.
 */
final class Durations {

	private Durations() {
	}

	/**
	 * Reads a duration.
	 * @param text such as {@code 200ms}, {@code 2s} or {@code PT0.2S}
	 * @return a positive duration
	 * @throws IllegalArgumentException if it is none
	 */
	static Duration parse(String text) {
		Style style = DurationFormatterUtils.detect(text);
		Duration duration = DurationFormatterUtils.parse(text, style);
		if (duration.isZero() || duration.isNegative()) {
			throw new IllegalArgumentException("it must be positive");
		}
		return duration;
	}

}
