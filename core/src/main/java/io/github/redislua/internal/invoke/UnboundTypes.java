package io.github.redislua.internal.invoke;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds type variables that nothing binds. Whoever calls a method that returns one
 * chooses a type that no reply is read as.
 */
final class UnboundTypes {

	private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

	UnboundTypes(Class<?> repository) {
		bind(repository);
	}

	private void bind(Class<?> type) {
		for (Type parent : type.getGenericInterfaces()) {
			if (parent instanceof ParameterizedType parameterized) {
				Class<?> raw = (Class<?>) parameterized.getRawType();
				TypeVariable<?>[] variables = raw.getTypeParameters();
				for (int i = 0; i < variables.length; i++) {
					this.bindings.put(variables[i], parameterized.getActualTypeArguments()[i]);
				}
				bind(raw);
			}
			else {
				bind((Class<?>) parent);
			}
		}
	}

	/**
	 * The first type variable in a type that nothing binds.
	 * @param type a type as a method of the repository declares it
	 * @return the variable, {@code null} if there is none
	 */
	@Nullable TypeVariable<?> find(Type type) {
		if (type instanceof TypeVariable<?> variable) {
			Type binding = this.bindings.get(variable);
			return (binding != null) ? find(binding) : variable;
		}
		if (type instanceof GenericArrayType array) {
			return find(array.getGenericComponentType());
		}
		if (type instanceof ParameterizedType parameterized) {
			return find(parameterized.getActualTypeArguments());
		}
		if (type instanceof WildcardType wildcard) {
			TypeVariable<?> upper = find(wildcard.getUpperBounds());
			return (upper != null) ? upper : find(wildcard.getLowerBounds());
		}
		return null;
	}

	private @Nullable TypeVariable<?> find(Type[] types) {
		for (Type type : types) {
			TypeVariable<?> unbound = find(type);
			if (unbound != null) {
				return unbound;
			}
		}
		return null;
	}

}
