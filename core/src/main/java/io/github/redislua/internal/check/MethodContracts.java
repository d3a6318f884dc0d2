package io.github.redislua.internal.check;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.reply.ReplyDecoders;
import io.github.redislua.internal.invoke.ArgumentBinder;
import io.github.redislua.internal.invoke.KeySource;
import io.github.redislua.internal.invoke.ValueSource;
import io.github.redislua.internal.invoke.delivery.AsynchronousTypes;
import io.github.redislua.internal.invoke.delivery.Delivery;
import io.github.redislua.internal.invoke.delivery.SuspendingMethods;
import io.github.redislua.lint.Count;
import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.ReturnType;
import io.github.redislua.lint.ReturnType.Kind;

/**
 * What methods promise their scripts, in the words of the checker. Of what is not certain
 * nothing is promised.
 */
final class MethodContracts {

	private static final Set<String> INTEGERS = Set.of("java.lang.Byte", "java.lang.Short", "java.lang.Integer",
			"java.lang.Long", "java.math.BigInteger", "java.util.OptionalInt", "java.util.OptionalLong");

	private static final Set<String> DECIMALS = Set.of("java.lang.Float", "java.lang.Double", "java.math.BigDecimal",
			"java.util.OptionalDouble");

	private static final Set<String> TEXTS = Set.of("java.lang.String", "java.lang.CharSequence", "java.lang.Character",
			"java.nio.ByteBuffer");

	/** As arguments: what Lua's numbers cannot always hold. */
	private static final Set<String> LONGS = Set.of("java.lang.Long", "java.util.concurrent.atomic.AtomicLong",
			"java.math.BigInteger", "java.util.OptionalLong");

	/** What is nested deeper is not followed: a record may contain itself. */
	private static final int DEPTH = 4;

	private final ReplyDecoders replies;

	MethodContracts(ReplyDecoders replies) {
		this.replies = replies;
	}

	/**
	 * The contract of a method.
	 * @param repository the interface
	 * @param method its method
	 * @param binder makes the values of a call
	 * @return the contract
	 */
	MethodContract of(Class<?> repository, Method method, ArgumentBinder binder) {
		LuaScript annotation = AnnotatedElementUtils.findMergedAnnotation(method, LuaScript.class);
		Assert.state(annotation != null, "No @LuaScript");
		return new MethodContract(describe(repository, method), keys(binder.keys()), arguments(binder.arguments()),
				annotation.readOnly(), returns(repository, method, annotation.reply()),
				longs(repository, method, binder.arguments()));
	}

	// Behind a collection it is not known which ARGV it is.
	private static Set<Integer> longs(Class<?> repository, Method method, List<ValueSource> arguments) {
		Set<Integer> positions = new HashSet<>();
		for (int i = 0; i < arguments.size() && !arguments.get(i).isSpread(); i++) {
			ResolvableType type = ResolvableType.forMethodParameter(method, arguments.get(i).index(), repository);
			ResolvableType content = (type.resolve() == Optional.class) ? type.getGeneric(0) : type;
			Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(content.resolve(Object.class));
			if (LONGS.contains(boxed.getName())) {
				positions.add(i + 1);
			}
		}
		return positions;
	}

	private static String describe(Class<?> repository, Method method) {
		StringBuilder description = new StringBuilder(repository.getSimpleName()).append('.')
			.append(method.getName())
			.append('(');
		String separator = "";
		for (Class<?> type : SuspendingMethods.parameterTypes(method)) {
			description.append(separator).append(type.getSimpleName());
			separator = ",";
		}
		return description.append(')').toString();
	}

	private static Count keys(List<KeySource> keys) {
		int fixed = 0;
		for (KeySource key : keys) {
			fixed += key.isSpread() ? 0 : 1;
		}
		return (fixed == keys.size()) ? Count.exactly(fixed) : Count.atLeast(fixed);
	}

	// What can be left out at the end, and a collection without elements, are no values.
	private static Count arguments(List<ValueSource> arguments) {
		int min = 0;
		int fixed = 0;
		boolean spread = false;
		for (ValueSource argument : arguments) {
			if (argument.isSpread()) {
				spread = true;
				continue;
			}
			fixed++;
			if (!argument.isAbsentAllowed()) {
				min = fixed;
			}
		}
		return spread ? Count.atLeast(min) : Count.between(min, fixed);
	}

	private ReturnType returns(Class<?> repository, Method method, ReplyFormat format) {
		Delivery delivery = AsynchronousTypes.delivery(method, repository);
		return returns(AsynchronousTypes.valueType(method, repository, delivery), format, 0);
	}

	private ReturnType returns(ResolvableType type, ReplyFormat format, int depth) {
		Class<?> raw = type.resolve(Object.class);
		if (raw == Optional.class) {
			return returns(type.getGeneric(0), format, depth);
		}
		if (raw == void.class || raw == Void.class || depth > DEPTH) {
			return ReturnType.ANY;
		}
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(raw);
		if (format == ReplyFormat.JSON) {
			// For a boolean, nil is false.
			return ReturnType.of(Kind.JSON, !raw.isPrimitive() || raw == boolean.class);
		}
		if (boxed == Boolean.class) {
			return ReturnType.of(Kind.BOOLEAN, true);
		}
		if (raw.isRecord()) {
			return record(type, raw, format, depth);
		}
		Kind kind = kind(boxed);
		if (kind == Kind.LIST) {
			ResolvableType element = raw.isArray() ? type.getComponentType() : type.as(Iterable.class).getGeneric(0);
			return ReturnType.list(returns(element, format, depth + 1), true);
		}
		return ReturnType.of(kind, !raw.isPrimitive());
	}

	private ReturnType record(ResolvableType type, Class<?> raw, ReplyFormat format, int depth) {
		if (this.replies.isConverted(raw)) {
			return ReturnType.ANY;
		}
		if (format == ReplyFormat.MAP) {
			return ReturnType.of(Kind.MAP, true);
		}
		List<ReturnType> components = new ArrayList<>();
		for (RecordComponent component : raw.getRecordComponents()) {
			components.add(returns(ResolvableType.forType(component.getGenericType(), type), format, depth + 1));
		}
		return ReturnType.record(components, true);
	}

	private static Kind kind(Class<?> type) {
		String name = type.getName();
		if (INTEGERS.contains(name)) {
			return Kind.INTEGER;
		}
		if (DECIMALS.contains(name)) {
			return Kind.DECIMAL;
		}
		if (TEXTS.contains(name) || type == byte[].class || type.isEnum()) {
			return Kind.TEXT;
		}
		// Others, such as a Path, are not read from a list.
		if (type.isArray() || Iterable.class.isAssignableFrom(type)
				&& (type.isAssignableFrom(ArrayList.class) || type.isAssignableFrom(LinkedHashSet.class))) {
			return Kind.LIST;
		}
		return (Map.class.isAssignableFrom(type) && type.isAssignableFrom(LinkedHashMap.class)) ? Kind.MAP : Kind.ANY;
	}

}
