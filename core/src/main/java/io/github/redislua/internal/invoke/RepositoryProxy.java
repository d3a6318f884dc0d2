package io.github.redislua.internal.invoke;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Answers the calls of an interface.
 */
public final class RepositoryProxy implements InvocationHandler {

	private static final Object[] NO_ARGUMENTS = {};

	private static final MethodHandle INVOKE_DEFAULT = invokeDefault();

	private final Class<?> repository;

	// A script's method, or the handle of a default method.
	private final Map<Method, Object> targets = new HashMap<>();

	// The same by the objects that the proxy passes, which are always the same ones:
	// found
	// without comparing names and parameter types.
	private volatile Map<Method, Object> passed = new IdentityHashMap<>();

	private RepositoryProxy(Class<?> repository, Map<Method, ScriptMethod> scripts) {
		this.repository = repository;
		this.targets.putAll(scripts);
		for (Method method : repository.getMethods()) {
			if (method.isDefault()) {
				this.targets.put(method, defaultMethod(method));
			}
		}
		for (Method method : repository.getMethods()) {
			Method implementation = this.targets.containsKey(method) ? null
					: Overrides.implementation(method, repository);
			Object target = (implementation != null) ? this.targets.get(implementation) : null;
			if (target != null) {
				this.targets.put(method, target);
			}
		}
	}

	/**
	 * Makes the object.
	 * @param <T> the interface
	 * @param repository the interface
	 * @param scripts the scripts by method
	 * @return the object
	 */
	public static <T> T create(Class<T> repository, Map<Method, ScriptMethod> scripts) {
		return repository.cast(Proxy.newProxyInstance(repository.getClassLoader(),
				new ProxyPackage(repository).interfaces(), new RepositoryProxy(repository, scripts)));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		Object known = this.passed.get(method);
		Object target = (known != null) ? known : find(method);
		if (target instanceof ScriptMethod script) {
			return script.invoke(given);
		}
		if (target instanceof MethodHandle handle) {
			return handle.invokeExact(proxy, given);
		}
		return switch (method.getName()) {
			case "equals" -> proxy == given[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "Lua repository " + this.repository.getName();
			default -> throw new IllegalStateException("No script for " + method);
		};
	}

	private @Nullable Object find(Method method) {
		Object target = this.targets.get(method);
		// Somebody else may ask with copies, any number of them.
		if (target != null && this.passed.size() < this.targets.size()) {
			remember(method, target);
		}
		return target;
	}

	private synchronized void remember(Method method, Object target) {
		Map<Method, Object> more = new IdentityHashMap<>(this.passed);
		more.put(method, target);
		this.passed = more;
	}

	private static MethodHandle defaultMethod(Method method) {
		Class<?> owner = method.getDeclaringClass();
		try {
			// The JDK's own way refuses interfaces that are not public.
			return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
				.unreflectSpecial(method, owner)
				.asFixedArity()
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(MethodType.methodType(Object.class, Object.class, Object[].class));
		}
		catch (IllegalAccessException ex) {
			// An interface of a module that is not open, java.util.function.Function say.
			return MethodHandles.insertArguments(INVOKE_DEFAULT, 1, method);
		}
	}

	private static MethodHandle invokeDefault() {
		try {
			return MethodHandles.lookup()
				.findStatic(InvocationHandler.class, "invokeDefault",
						MethodType.methodType(Object.class, Object.class, Method.class, Object[].class))
				.asFixedArity();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
