package io.github.redislua.internal.invoke.delivery;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;

import org.springframework.core.ResolvableType;

/**
 * Kotlin's {@code suspend fun take(key: String): Long} as the class file has it:
 * {@code Object take(String key, Continuation<? super Long> completion)}.
 */
public final class SuspendingMethods {

	// By name: Kotlin need not be there.
	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private static final String UNIT = "kotlin.Unit";

	private SuspendingMethods() {
	}

	/**
	 * Whether a method is a {@code suspend} function.
	 * @param method a method
	 * @return whether its last parameter takes the result
	 */
	public static boolean isSuspending(Method method) {
		Class<?>[] types = method.getParameterTypes();
		return types.length > 0 && types[types.length - 1].getName().equals(CONTINUATION);
	}

	/**
	 * How many parameters a method has in the source.
	 * @param method a method
	 * @return all but the one that takes the result of a {@code suspend} function
	 */
	public static int parameterCount(Method method) {
		return method.getParameterCount() - (isSuspending(method) ? 1 : 0);
	}

	public static Class<?>[] parameterTypes(Method method) {
		return Arrays.copyOf(method.getParameterTypes(), parameterCount(method));
	}

	/**
	 * What a {@code suspend} function returns.
	 * @param method such a method
	 * @param repository the interface that it is called on
	 * @return the return type in the source
	 */
	public static ResolvableType returnType(Method method, Class<?> repository) {
		int last = method.getParameterCount() - 1;
		ResolvableType type = ResolvableType.forMethodParameter(method, last, repository).getGeneric(0);
		if (type.getType() instanceof WildcardType wildcard && wildcard.getLowerBounds().length > 0) {
			// Not with the continuation as its owner, which has a T of its own.
			Type bound = wildcard.getLowerBounds()[0];
			return ResolvableType.forType(bound, ResolvableType.forClass(repository).as(method.getDeclaringClass()));
		}
		return type;
	}

	public static boolean isUnit(ResolvableType type) {
		return type.toClass().getName().equals(UNIT);
	}

}
