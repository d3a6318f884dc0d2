package io.github.redislua.internal.invoke;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.internal.codec.UnsupportedTypeException;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;
import io.github.redislua.internal.invoke.delivery.SuspendingMethods;

/**
 * Decides what becomes of each parameter of a method.
 */
final class MethodArguments {

	private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final Class<?> repository;

	private final Method method;

	private final Parameter[] parameters;

	// As the method has them, and those that it overrides.
	private final List<Parameter[]> declarations = new ArrayList<>();

	private final @Nullable String @Nullable [] names;

	private final ArgumentEncoders encoders;

	private final Findings findings;

	MethodArguments(Class<?> repository, Method method, ArgumentEncoders encoders, Findings findings) {
		this.repository = repository;
		this.method = method;
		this.parameters = Arrays.copyOf(method.getParameters(), SuspendingMethods.parameterCount(method));
		this.declarations.add(this.parameters);
		addOverridden(method.getDeclaringClass());
		@Nullable String[] names = NAMES.getParameterNames(method);
		this.names = (names != null) ? Arrays.copyOf(names, this.parameters.length) : null;
		this.encoders = encoders;
		this.findings = findings;
	}

	/**
	 * Resolves all parameters.
	 * @param templates key templates
	 * @param keyPrefix what to put before every key
	 * @return the binder, {@code null} if something does not fit
	 */
	@Nullable ArgumentBinder binder(String[] templates, String keyPrefix) {
		byte[] prefix = keyPrefix.getBytes(StandardCharsets.UTF_8);
		int before = this.findings.list().size();
		List<KeySource> keys = new ArrayList<>();
		Set<Integer> named = new HashSet<>();
		TemplateKeys templateKeys = new TemplateKeys(this, this.encoders, this.findings);
		for (String template : templates) {
			KeySource key = templateKeys.key(template, keyPrefix, named);
			if (key != null) {
				keys.add(key);
			}
		}
		List<ValueSource> arguments = new ArrayList<>();
		for (int i = 0; i < this.parameters.length; i++) {
			boolean key = annotation(i, Key.class) != null;
			Arg arg = annotation(i, Arg.class);
			if (key && arg != null) {
				this.findings.add(label(i) + " is annotated with both @Key and @Arg", "Remove one of them");
			}
			else if (key) {
				ValueSource source = key(i);
				if (source != null) {
					keys.add(new KeySource((prefix.length > 0) ? List.of(prefix, source) : List.of(source)));
				}
			}
			else if (arg != null || !named.contains(i)) {
				ValueSource source = argument(i, arg);
				if (source != null) {
					arguments.add(source);
				}
			}
		}
		return (this.findings.list().size() == before) ? ArgumentBinder.of(keys, arguments) : null;
	}

	/**
	 * A parameter as a key.
	 * @param index the parameter
	 * @return where the key comes from, {@code null} if the parameter cannot be a key
	 */
	@Nullable ValueSource key(int index) {
		ResolvableType type = type(index);
		try {
			return source(index, this.encoders.forKey(type), false);
		}
		catch (UnsupportedTypeException ex) {
			this.findings.add(label(index) + " cannot be a key: " + ex.getMessage(),
					"Pass what Redis stores as the key, a String say");
			return null;
		}
	}

	private @Nullable ValueSource argument(int index, @Nullable Arg arg) {
		ChronoUnit unit = (arg != null) ? arg.unit() : ChronoUnit.MILLIS;
		boolean json = arg != null && arg.json();
		try {
			return source(index, this.encoders.forArgument(type(index), unit, json), true);
		}
		catch (UnsupportedTypeException ex) {
			this.findings.add(label(index) + " cannot be sent: " + ex.getMessage(),
					"See the table of parameter types in the documentation");
			return null;
		}
	}

	private ValueSource source(int index, ArgumentEncoder encoder, boolean argument) {
		boolean optionalType = ArgumentEncoders.isOptional(type(index).toClass());
		boolean nullable = this.declarations.stream()
			.anyMatch(
					(parameters) -> NullableTypes.isNullable(parameters[index], parameters[index].getAnnotatedType()));
		return new ValueSource(index, label(index), encoder, optionalType, argument && (optionalType || nullable),
				nullable);
	}

	// A method that is declared again means the same, annotated again or not.
	private void addOverridden(Class<?> type) {
		for (Class<?> parent : type.getInterfaces()) {
			for (Method candidate : parent.getDeclaredMethods()) {
				if (Overrides.isOverridden(candidate, this.method, this.repository)) {
					this.declarations.add(candidate.getParameters());
				}
			}
			addOverridden(parent);
		}
	}

	private <A extends Annotation> @Nullable A annotation(int index, Class<A> type) {
		for (Parameter[] parameters : this.declarations) {
			A annotation = parameters[index].getAnnotation(type);
			if (annotation != null) {
				return annotation;
			}
		}
		return null;
	}

	/**
	 * The names of the parameters.
	 * @return the names, {@code null} if the class file does not hold them
	 */
	@Nullable String @Nullable [] names() {
		return this.names;
	}

	int index(String name) {
		for (int i = 0; this.names != null && i < this.names.length; i++) {
			if (name.equals(this.names[i])) {
				return i;
			}
		}
		return -1;
	}

	ResolvableType type(int index) {
		return ResolvableType.forMethodParameter(this.method, index, this.repository);
	}

	String label(int index) {
		String name = (this.names != null) ? this.names[index] : null;
		return (name != null) ? "parameter '" + name + "'"
				: "parameter " + (index + 1) + " (" + ClassUtils.getShortName(this.parameters[index].getType()) + ")";
	}

}
