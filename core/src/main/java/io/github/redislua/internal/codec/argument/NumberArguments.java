package io.github.redislua.internal.codec.argument;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.Decimals;

/**
 * Numbers as decimal text that Lua's {@code tonumber} reads back.
 */
final class NumberArguments {

	private static final Set<Class<?>> INTEGRAL = Set.of(Byte.class, Short.class, Integer.class, Long.class,
			AtomicInteger.class, AtomicLong.class);

	private static final ArgumentEncoder LONG = new SingleArgument<Number>((number) -> Decimals.of(number.longValue()));

	private static final ArgumentEncoder BIG_INTEGER = new SingleArgument<BigInteger>(Decimals::of);

	private static final ArgumentEncoder DOUBLE = new SingleArgument<Double>(Decimals::of);

	private static final ArgumentEncoder FLOAT = new SingleArgument<Float>(Decimals::of);

	private static final ArgumentEncoder BIG_DECIMAL = new SingleArgument<BigDecimal>(Decimals::of);

	private NumberArguments() {
	}

	static @Nullable ArgumentEncoder of(Class<?> type) {
		if (INTEGRAL.contains(type)) {
			return LONG;
		}
		if (BigInteger.class.isAssignableFrom(type)) {
			return BIG_INTEGER;
		}
		if (type == Double.class) {
			return DOUBLE;
		}
		if (type == Float.class) {
			return FLOAT;
		}
		return BigDecimal.class.isAssignableFrom(type) ? BIG_DECIMAL : null;
	}

}
