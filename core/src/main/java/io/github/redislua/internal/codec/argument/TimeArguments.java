package io.github.redislua.internal.codec.argument;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.chrono.ChronoZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.Decimals;
import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * Points in time and lengths of time as a whole number of a unit, rounded down: an
 * instant before 1970 belongs to the second that it lies in, as for one after it. No
 * length but zero becomes 0.
 */
final class TimeArguments {

	private static final long NANOS_PER_SECOND = 1_000_000_000;

	private TimeArguments() {
	}

	static @Nullable ArgumentEncoder of(Class<?> type, ChronoUnit unit) {
		if (Duration.class == type) {
			return length(unit);
		}
		if (Instant.class == type) {
			return time(unit, TimeArguments::sinceEpoch);
		}
		if (ChronoZonedDateTime.class.isAssignableFrom(type)) {
			return time(unit, (ChronoZonedDateTime<?> date) -> sinceEpoch(date.toInstant()));
		}
		if (OffsetDateTime.class == type) {
			return time(unit, (OffsetDateTime date) -> sinceEpoch(date.toInstant()));
		}
		if (Date.class.isAssignableFrom(type)) {
			return time(unit, (Date date) -> sinceEpoch(instant(date)));
		}
		if (Calendar.class.isAssignableFrom(type)) {
			return time(unit, (Calendar calendar) -> Duration.ofMillis(calendar.getTimeInMillis()));
		}
		return null;
	}

	private static <T> ArgumentEncoder time(ChronoUnit unit, Function<T, Duration> length) {
		return number(unit, (T value) -> count(length.apply(value), unit.getDuration()));
	}

	private static ArgumentEncoder length(ChronoUnit unit) {
		return number(unit, (Duration length) -> {
			long count = count(length, unit.getDuration());
			if (count == 0 && !length.isZero()) {
				// As a time to live, 0 deletes the key.
				throw new ArgumentException("is " + length + ", which is less than one of its unit ("
						+ unit.toString().toLowerCase(Locale.ROOT)
						+ ") and would be sent as 0: round it yourself, or declare a finer unit");
			}
			return count;
		});
	}

	private static <T> ArgumentEncoder number(ChronoUnit unit, ToLongFunction<T> count) {
		if (unit.compareTo(ChronoUnit.WEEKS) > 0) {
			throw new UnsupportedTypeException(
					"the unit " + unit.name() + " has no fixed length: use a unit from NANOS to WEEKS");
		}
		return new SingleArgument<T>((value) -> {
			try {
				return Decimals.of(count.applyAsLong(value));
			}
			catch (ArithmeticException ex) {
				throw new ArgumentException(
						"does not fit a 64-bit number of " + unit.toString().toLowerCase(Locale.ROOT), ex);
			}
		});
	}

	private static long count(Duration length, Duration unit) {
		long seconds = length.getSeconds();
		// Never negative: what is before the epoch is in the seconds.
		long nanos = length.getNano();
		if (unit.getSeconds() > 0) {
			return Math.floorDiv(seconds, unit.getSeconds());
		}
		long perSecond = NANOS_PER_SECOND / unit.getNano();
		long part = nanos / unit.getNano();
		if (seconds < 0) {
			// One second less to multiply: the smallest long must not overflow on the
			// way.
			return Math.addExact(Math.multiplyExact(seconds + 1, perSecond), part - perSecond);
		}
		return Math.addExact(Math.multiplyExact(seconds, perSecond), part);
	}

	private static Duration sinceEpoch(Instant instant) {
		return Duration.ofSeconds(instant.getEpochSecond(), instant.getNano());
	}

	private static Instant instant(Date date) {
		try {
			// A java.sql.Timestamp is finer than its milliseconds.
			return date.toInstant();
		}
		catch (UnsupportedOperationException ex) {
			// java.sql.Date and java.sql.Time refuse to be an instant, but hold one.
			return Instant.ofEpochMilli(date.getTime());
		}
	}

}
