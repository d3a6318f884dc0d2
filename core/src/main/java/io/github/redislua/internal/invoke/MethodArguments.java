package io.github.redislua.internal.invoke;

import java.beans.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.internal.codec.UnsupportedTypeException;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.codec.argument.ArgumentEncoders;
import io.github.redislua.internal.invoke.KeyTemplate.Part;
import io.github.redislua.internal.invoke.KeyTemplate.Reference;
import io.github.redislua.internal.invoke.KeyTemplate.Text;

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
		for (String template : templates) {
			KeySource key = template(template, keyPrefix, named);
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

	private @Nullable ValueSource key(int index) {
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
		boolean nullable = this.declarations.stream().anyMatch((parameters) -> isNullable(parameters[index]));
		return new ValueSource(index, label(index), encoder, optionalType, argument && (optionalType || nullable),
				nullable);
	}

	// A method that is declared again means the same, annotated again or not.
	private void addOverridden(Class<?> type) {
		for (Class<?> parent : type.getInterfaces()) {
			for (Method candidate : parent.getDeclaredMethods()) {
				if (isOverridden(candidate)) {
					this.declarations.add(candidate.getParameters());
				}
			}
			addOverridden(parent);
		}
	}

	private boolean isOverridden(Method candidate) {
		if (!candidate.getName().equals(this.method.getName()) || candidate.isSynthetic()
				|| Modifier.isStatic(candidate.getModifiers())
				|| candidate.getParameterCount() != this.method.getParameterCount()) {
			return false;
		}
		for (int i = 0; i < candidate.getParameterCount(); i++) {
			Class<?> type = ResolvableType.forMethodParameter(candidate, i, this.repository).toClass();
			if (type != ResolvableType.forMethodParameter(this.method, i, this.repository).toClass()) {
				return false;
			}
		}
		return true;
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

	private @Nullable KeySource template(String source, String keyPrefix, Set<Integer> named) {
		KeyTemplate template;
		try {
			template = KeyTemplate.parse(source);
		}
		catch (IllegalArgumentException ex) {
			this.findings.add("the key template does not fit: " + ex.getMessage(),
					"Write ## for a '#' that is part of the key");
			return null;
		}
		List<Object> parts = new ArrayList<>();
		String text = keyPrefix;
		ValueSource spread = null;
		for (Part part : template.parts()) {
			if (part instanceof Text literal) {
				text += literal.text();
				continue;
			}
			Reference reference = (Reference) part;
			ValueSource value = reference(source, reference, named);
			if (value == null) {
				return null;
			}
			if (value.isSpread() && spread != null) {
				this.findings.add("the key template '" + source + "' names two collections, " + spread.label() + " and "
						+ value.label(), "Name one collection in a template: it yields one key an element");
				return null;
			}
			spread = value.isSpread() ? value : spread;
			addText(parts, text);
			text = "";
			parts.add(value);
		}
		addText(parts, text);
		if (parts.isEmpty()) {
			this.findings.add("a key template is empty", "Write the key, or leave the template out");
			return null;
		}
		return new KeySource(parts);
	}

	private static void addText(List<Object> parts, String text) {
		if (!text.isEmpty()) {
			parts.add(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	private @Nullable ValueSource reference(String template, Reference reference, Set<Integer> named) {
		int index = index(reference.parameter());
		if (index < 0) {
			unknownParameter(template, reference);
			return null;
		}
		named.add(index);
		if (reference.property() == null) {
			return key(index);
		}
		ResolvableType type = type(index);
		Method accessor = accessor(type.toClass(), reference.property());
		if (accessor == null) {
			this.findings.add("the key template '" + template + "' names " + reference + ", but "
					+ ClassUtils.getShortName(type.toClass()) + " has no property '" + reference.property() + "'",
					"Name a record component or a property with a getter");
			return null;
		}
		try {
			ResolvableType propertyType = ResolvableType.forMethodReturnType(accessor, type.toClass());
			return new PropertySource(index, label(index), reference.property(), accessor,
					this.encoders.forKey(propertyType));
		}
		catch (UnsupportedTypeException ex) {
			this.findings.add("the key template '" + template + "' names " + reference + ", which cannot be a key: "
					+ ex.getMessage(), "Name a property that is text or a number");
			return null;
		}
	}

	private void unknownParameter(String template, Reference reference) {
		if (this.names == null) {
			this.findings.add(
					"the key template '" + template + "' names " + reference
							+ ", but the class file does not hold the names of parameters",
					"Compile with -parameters (Spring Boot's Maven and Gradle plugins do), or use @Key");
			return;
		}
		String known = (this.names.length > 0) ? "has the parameters " + String.join(", ", List.of(this.names))
				: "has no parameters";
		this.findings.add("the key template '" + template + "' names " + reference + ", but the method " + known,
				"Name one of the parameters, or write ## for a '#' that is part of the key");
	}

	private int index(String name) {
		for (int i = 0; this.names != null && i < this.names.length; i++) {
			if (name.equals(this.names[i])) {
				return i;
			}
		}
		return -1;
	}

	private static @Nullable Method accessor(Class<?> type, String property) {
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				if (component.getName().equals(property)) {
					return accessible(component.getAccessor());
				}
			}
		}
		PropertyDescriptor descriptor = BeanUtils.getPropertyDescriptor(type, property);
		return (descriptor != null && descriptor.getReadMethod() != null) ? accessible(descriptor.getReadMethod())
				: null;
	}

	private static Method accessible(Method method) {
		ReflectionUtils.makeAccessible(method);
		return method;
	}

	private ResolvableType type(int index) {
		return ResolvableType.forMethodParameter(this.method, index, this.repository);
	}

	private String label(int index) {
		String name = (this.names != null) ? this.names[index] : null;
		return (name != null) ? "parameter '" + name + "'"
				: "parameter " + (index + 1) + " (" + ClassUtils.getShortName(this.parameters[index].getType()) + ")";
	}

	// JSpecify annotates the type, older libraries the parameter.
	private static boolean isNullable(Parameter parameter) {
		return hasNullable(parameter.getAnnotations()) || hasNullable(parameter.getAnnotatedType().getAnnotations());
	}

	private static boolean hasNullable(Annotation[] annotations) {
		for (Annotation annotation : annotations) {
			if (annotation.annotationType().getSimpleName().equals("Nullable")) {
				return true;
			}
		}
		return false;
	}

}
