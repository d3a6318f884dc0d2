package io.github.redislua.internal.invoke;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Answers the calls of an interface.
 */
public final class RepositoryProxy implements InvocationHandler {

	private static final Object[] NO_ARGUMENTS = {};

	private final Class<?> repository;

	private final Map<Method, ScriptMethod> scripts;

	private final Map<Method, MethodHandle> defaults = new HashMap<>();

	private RepositoryProxy(Class<?> repository, Map<Method, ScriptMethod> scripts) {
		this.repository = repository;
		this.scripts = scripts;
		for (Method method : repository.getMethods()) {
			if (method.isDefault()) {
				this.defaults.put(method, defaultMethod(method));
			}
		}
	}

	public static <T> T create(Class<T> repository, Map<Method, ScriptMethod> scripts) {
		return repository.cast(Proxy.newProxyInstance(repository.getClassLoader(), new Class<?>[] { repository },
				new RepositoryProxy(repository, scripts)));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		ScriptMethod script = this.scripts.get(method);
		if (script != null) {
			return script.invoke(given);
		}
		MethodHandle handle = this.defaults.get(method);
		if (handle != null) {
			return handle.invokeExact(proxy, given);
		}
		return switch (method.getName()) {
			case "equals" -> proxy == given[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "Lua repository " + this.repository.getName();
			default -> throw new IllegalStateException("No script for " + method);
		};
	}

	// InvocationHandler.invokeDefault refuses interfaces that are not public.
	private static MethodHandle defaultMethod(Method method) {
		Class<?> owner = method.getDeclaringClass();
		try {
			return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
				.unreflectSpecial(method, owner)
				.asFixedArity()
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(MethodType.methodType(Object.class, Object.class, Object[].class));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Cannot call the default method " + method, ex);
		}
	}

}
