package io.github.redislua.internal.check;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.codec.reply.ReplyDecoders;
import io.github.redislua.internal.invoke.ArgumentBinder;
import io.github.redislua.internal.invoke.AsynchronousTypes;
import io.github.redislua.internal.invoke.Delivery;
import io.github.redislua.internal.invoke.KeySource;
import io.github.redislua.internal.invoke.SuspendingMethods;
import io.github.redislua.internal.invoke.ValueSource;
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
				annotation.readOnly(), returns(repository, method, annotation.reply()));
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
		return returns(AsynchronousTypes.valueType(method, repository, delivery), format);
	}

	private ReturnType returns(ResolvableType type, ReplyFormat format) {
		Class<?> raw = type.resolve(Object.class);
		if (raw.getName().equals("java.util.Optional")) {
			return returns(type.getGeneric(0), format);
		}
		if (raw == void.class || raw == Void.class) {
			return ReturnType.ANY;
		}
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(raw);
		if (format == ReplyFormat.JSON) {
			return ReturnType.of(Kind.JSON, !raw.isPrimitive());
		}
		if (boxed == Boolean.class) {
			return ReturnType.of(Kind.BOOLEAN, true);
		}
		if (raw.isRecord()) {
			return record(raw, format);
		}
		return ReturnType.of(kind(boxed), !raw.isPrimitive());
	}

	private ReturnType record(Class<?> type, ReplyFormat format) {
		if (this.replies.isConverted(type)) {
			return ReturnType.ANY;
		}
		return (format == ReplyFormat.MAP) ? ReturnType.of(Kind.MAP, true)
				: ReturnType.record(type.getRecordComponents().length, true);
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
		if (type.isArray() || Iterable.class.isAssignableFrom(type)) {
			return Kind.LIST;
		}
		return Map.class.isAssignableFrom(type) ? Kind.MAP : Kind.ANY;
	}

}
