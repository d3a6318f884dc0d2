package io.github.redislua.internal.codec.argument;

import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import io.github.redislua.internal.codec.ArgumentException;
import io.github.redislua.internal.codec.TypeNames;
import io.github.redislua.internal.codec.UnsupportedTypeException;

/**
 * Finds the encoder of a type, for arguments in one unit of time or for keys.
 */
final class ArgumentResolver {

	private final ConvertedArguments converted;

	private final ChronoUnit unit;

	private final boolean keys;

	ArgumentResolver(ConvertedArguments converted, ChronoUnit unit, boolean keys) {
		this.converted = converted;
		this.unit = unit;
		this.keys = keys;
	}

	/**
	 * The encoder of a declared type.
	 * @param type the type
	 * @return the encoder
	 * @throws UnsupportedTypeException if there is none
	 */
	ArgumentEncoder resolve(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (isOpen(raw)) {
			// Whatever could also be a collection must be asked for all its values.
			return new RuntimeArgument(this, raw.isAssignableFrom(Object[].class));
		}
		ArgumentEncoder encoder = find(type, raw);
		if (encoder == null) {
			throw new UnsupportedTypeException(
					TypeNames.full(raw) + " " + UnsupportedArguments.reason(raw, this.unit, this.keys));
		}
		return encoder;
	}

	/**
	 * The encoder of a value's class, found during a call.
	 * @param type the class
	 * @return the encoder
	 * @throws ArgumentException if there is none
	 */
	ArgumentEncoder resolve(Class<?> type) {
		ArgumentEncoder encoder;
		try {
			encoder = find(ResolvableType.forClass(type), type);
		}
		catch (UnsupportedTypeException ex) {
			throw new ArgumentException("is a " + TypeNames.full(type) + ": " + ex.getMessage(), ex);
		}
		if (encoder == null) {
			throw new ArgumentException("is a " + TypeNames.full(type) + ", which "
					+ UnsupportedArguments.reason(type, this.unit, this.keys));
		}
		return encoder;
	}

	private @Nullable ArgumentEncoder find(ResolvableType type, Class<?> raw) {
		ArgumentEncoder single = findSingle(raw);
		if (single != null) {
			return single;
		}
		if (Map.class.isAssignableFrom(raw)) {
			if (this.keys) {
				throw new UnsupportedTypeException("a Map cannot be used as keys");
			}
			ResolvableType map = type.asMap();
			return SpreadArguments.map(element(map.getGeneric(0), type), element(map.getGeneric(1), type));
		}
		if (Collection.class.isAssignableFrom(raw)) {
			return SpreadArguments.collection(element(type.asCollection().getGeneric(0), type));
		}
		if (raw.isArray()) {
			ArgumentEncoder primitives = SpreadArguments.primitiveArray(raw);
			return (primitives != null) ? primitives : SpreadArguments.array(element(type.getComponentType(), type));
		}
		return null;
	}

	private @Nullable ArgumentEncoder findSingle(Class<?> raw) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(raw);
		ArgumentEncoder encoder = TextArguments.of(type);
		if (encoder == null) {
			encoder = NumberArguments.of(type);
		}
		if (encoder == null) {
			encoder = TimeArguments.of(type, this.unit);
		}
		// A converter for a supertype (Object, say) must not undo collections.
		return (encoder != null || isSpread(type)) ? encoder : this.converted.of(type);
	}

	private ArgumentEncoder element(ResolvableType element, ResolvableType owner) {
		Class<?> raw = element.resolve(Object.class);
		// List<? super String> resolves to String, but also allows a List<Object>.
		if (isOpen(raw) || Arrays.stream(owner.getGenerics()).anyMatch(ArgumentResolver::isLowerBounded)) {
			return new RuntimeArgument(this, false);
		}
		if (isSpread(raw) && raw != byte[].class) {
			throw new UnsupportedTypeException(TypeNames.simple(owner)
					+ " cannot be sent as text: what is nested in it has no flat form, so flatten it"
					+ (this.keys ? "" : " or annotate the parameter with @Arg(json = true)"));
		}
		return resolve(element);
	}

	private static boolean isLowerBounded(ResolvableType type) {
		return type.getType() instanceof WildcardType wildcard && wildcard.getLowerBounds().length > 0;
	}

	private static boolean isSpread(Class<?> type) {
		return type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)
				|| Stream.class.isAssignableFrom(type);
	}

	/**
	 * Whether a type is a supertype of several types that are sent differently:
	 * {@code Object}, {@code Serializable}, {@code Comparable}, {@code Number},
	 * {@code Temporal}, {@code Enum}.
	 * @param type the declared type
	 * @return whether only the value's own class can tell
	 */
	private static boolean isOpen(Class<?> type) {
		if (type == CharSequence.class) {
			return false;
		}
		return type == Enum.class || isAbove(type, String.class) || isAbove(type, Integer.class)
				|| isAbove(type, Instant.class) || isAbove(type, Duration.class);
	}

	private static boolean isAbove(Class<?> type, Class<?> example) {
		return type != example && type.isAssignableFrom(example);
	}

}
