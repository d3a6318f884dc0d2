package io.github.redislua.internal.invoke;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.internal.codec.Optionals;
import io.github.redislua.internal.codec.UnsupportedTypeException;
import io.github.redislua.internal.codec.reply.ReplyDecoder;
import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.invoke.delivery.AsynchronousTypes;
import io.github.redislua.internal.invoke.delivery.Delivery;
import io.github.redislua.internal.invoke.delivery.SuspendingMethods;
import io.github.redislua.internal.monitor.Monitoring;
import io.github.redislua.internal.script.Script;

/**
 * Resolves the methods of one interface, and collects all that does not fit.
 */
public final class RepositoryResolver {

	private final Class<?> repository;

	private final ScriptNames names;

	private final Codecs codecs;

	private final StringValueResolver placeholders;

	private final String keyPrefix;

	private final String path;

	private final ScriptExecutor executor;

	private final Monitoring monitoring;

	private final Map<Method, ScriptMethod> methods = new HashMap<>();

	private final List<Finding> findings = new ArrayList<>();

	public RepositoryResolver(Class<?> repository, ScriptNames names, Codecs codecs, StringValueResolver placeholders,
			String keyPrefix, ScriptExecutor executor, Monitoring monitoring) {
		this.repository = repository;
		this.monitoring = monitoring;
		this.names = names;
		this.codecs = codecs;
		this.placeholders = placeholders;
		this.executor = executor;
		LuaRepository settings = settings(repository);
		String folder = (settings != null) ? resolve(settings.path(), "path") : "";
		this.path = StringUtils.trimLeadingCharacter(StringUtils.trimTrailingCharacter(folder, '/'), '/');
		this.keyPrefix = keyPrefix + ((settings != null) ? resolve(settings.keyPrefix(), "keyPrefix") : "");
	}

	public static @Nullable LuaRepository settings(Class<?> repository) {
		return AnnotatedElementUtils.findMergedAnnotation(repository, LuaRepository.class);
	}

	/**
	 * Resolves all methods.
	 * @return the scripts by method, together with what does not fit
	 */
	public Resolved resolve() {
		// In an order of their own: that of the JVM changes, and with it the names of
		// inline
		// scripts.
		checkProxy();
		Method[] declared = this.repository.getMethods();
		Arrays.sort(declared, Comparator.comparing(Method::toGenericString));
		for (Method method : declared) {
			if (!Modifier.isStatic(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method)) {
				resolve(method);
			}
		}
		return new Resolved(this.methods, this.findings);
	}

	private void checkProxy() {
		try {
			new ProxyPackage(this.repository).interfaces();
		}
		catch (IllegalArgumentException ex) {
			this.findings.add(new Finding(describe(), null, String.valueOf(ex.getMessage()), ProxyPackage.ACTION));
		}
	}

	private void resolve(Method method) {
		LuaScript annotation = AnnotatedElementUtils.findMergedAnnotation(method, LuaScript.class);
		String place = describe(method);
		if (method.isDefault()) {
			// One that overrides a script's method is an ordinary method.
			if (AnnotatedElementUtils.getMergedAnnotation(method, LuaScript.class) != null && !method.isBridge()) {
				this.findings.add(new Finding(place, null, "it has both @LuaScript and a body",
						"Remove one of them: a default method calls other methods of the interface"));
			}
			return;
		}
		if (annotation == null && Overrides.implementation(method, this.repository) != null) {
			return;
		}
		if (annotation == null) {
			this.findings.add(new Finding(place, null, "it has neither @LuaScript nor a body",
					"Annotate it with @LuaScript, or make it a default method"));
			return;
		}
		Script script = script(method, annotation, place);
		Findings problems = new Findings(place, (script != null) ? script.name() : null);
		MethodArguments arguments = new MethodArguments(this.repository, method, this.codecs.arguments(), problems);
		ArgumentBinder binder = arguments.binder(templates(annotation, problems), this.keyPrefix);
		Delivery delivery = AsynchronousTypes.delivery(method, this.repository);
		ReplyDecoder decoder = decoder(method, annotation, delivery, problems);
		ErrorMappings errors = DeclaredErrors.of(method, annotation.errors(), delivery != null, problems);
		Duration timeout = timeout(annotation, problems);
		this.findings.addAll(problems.list());
		if (script == null || binder == null || decoder == null || !problems.list().isEmpty()) {
			return;
		}
		// Neither can be null, which is what comes of a call that has no reply yet.
		boolean waits = isPrimitive(method.getReturnType()) || Optionals.isOptional(method.getReturnType());
		CallOptions options = new CallOptions(place, annotation.readOnly(), annotation.idempotent(), timeout, !waits);
		this.methods.put(method,
				new ScriptMethod(place, ReadyScript.of(script, options, this.executor), this.executor, binder, decoder,
						errors, zero(method.getReturnType()), delivery, this.monitoring.counters(script),
						this.monitoring.observer(script, this.repository, method.getName())));
	}

	public static boolean isPrimitive(Class<?> returnType) {
		return returnType.isPrimitive() && returnType != void.class;
	}

	// What a method returns whose result is not there yet.
	public static @Nullable Object zero(Class<?> returnType) {
		return isPrimitive(returnType) ? Array.get(Array.newInstance(returnType, 1), 0) : null;
	}

	private @Nullable Script script(Method method, LuaScript annotation, String place) {
		String source = annotation.source();
		String name = annotation.name();
		if (StringUtils.hasText(source)) {
			if (StringUtils.hasText(name)) {
				this.findings.add(
						new Finding(place, name, "@LuaScript has both a name and inline source", "Remove one of them"));
				return null;
			}
			return this.names.inline(this.repository, method, place, source);
		}
		try {
			return this.names.find(this.path, resolve(name), method.getName(), place, this.findings);
		}
		catch (IllegalArgumentException ex) {
			this.findings.add(new Finding(place, name, "the script's name does not fit: " + ex.getMessage(),
					"Set the property, or give a default: ${name:default}"));
			return null;
		}
	}

	private @Nullable ReplyDecoder decoder(Method method, LuaScript annotation, @Nullable Delivery delivery,
			Findings problems) {
		ResolvableType type = ResolvableType.forMethodReturnType(method, this.repository);
		boolean suspending = SuspendingMethods.isSuspending(method);
		if (delivery != null && !this.executor.isAsynchronous()) {
			problems.add(
					"it " + (suspending ? "suspends" : "returns " + type) + ", but Jedis can only wait for a reply",
					"Use Lettuce (it is Spring Boot's default driver), or "
							+ (suspending ? "take 'suspend' away" : "return " + type.getGeneric(0)));
			return null;
		}
		TypeVariable<?> unbound = new UnboundTypes(this.repository).find(AsynchronousTypes.declaredType(method));
		if (unbound != null) {
			problems.add("the return type does not fit: nothing says which type " + unbound.getName() + " stands for",
					"Return a type that is known when the application starts, or Object");
			return null;
		}
		ResolvableType value = AsynchronousTypes.valueType(method, this.repository, delivery);
		if (suspending && AsynchronousTypes.delivery(value.toClass()) != null) {
			problems.add("it suspends and returns " + value + ": one of them is enough",
					"Return " + value.getGeneric(0) + ", or take 'suspend' away");
			return null;
		}
		try {
			ReplyDecoder decoder = this.codecs.replies().forType(value, annotation.reply());
			if (delivery != null) {
				return delivery.decoder(decoder);
			}
			return NullableTypes.isNullable(method, method.getAnnotatedReturnType()) ? decoder.nullable() : decoder;
		}
		catch (UnsupportedTypeException ex) {
			problems.add("the return type does not fit: " + ex.getMessage(),
					"See the table of return types in the documentation");
			return null;
		}
	}

	private String[] templates(LuaScript annotation, Findings problems) {
		String[] templates = annotation.keys().clone();
		for (int i = 0; i < templates.length; i++) {
			try {
				templates[i] = resolve(templates[i]);
			}
			catch (IllegalArgumentException ex) {
				problems.add("the key template '" + templates[i] + "' does not fit: " + ex.getMessage(),
						"Set the property, or give a default: ${name:default}");
			}
		}
		return templates;
	}

	private @Nullable Duration timeout(LuaScript annotation, Findings problems) {
		try {
			String text = resolve(annotation.timeout());
			return StringUtils.hasText(text) ? Durations.parse(text) : null;
		}
		catch (IllegalArgumentException ex) {
			problems.add("the timeout '" + annotation.timeout() + "' does not fit: " + ex.getMessage(),
					"Write it with its unit: \"200ms\", \"2s\" or \"PT0.2S\"");
			return null;
		}
	}

	private String resolve(String text, String attribute) {
		try {
			return resolve(text);
		}
		catch (IllegalArgumentException ex) {
			this.findings.add(new Finding(describe(), null,
					"@LuaRepository(" + attribute + " = \"" + text + "\") does not fit: " + ex.getMessage(),
					"Set the property, or give a default: ${name:default}"));
			return "";
		}
	}

	private String resolve(String text) {
		String resolved = this.placeholders.resolveStringValue(text);
		return (resolved != null) ? resolved : "";
	}

	private String describe(Method method) {
		String parameters = Arrays.stream(SuspendingMethods.parameterTypes(method))
			.map(ClassUtils::getShortName)
			.collect(Collectors.joining(", "));
		return describe() + "." + method.getName() + "(" + parameters + ")";
	}

	private String describe() {
		return this.repository.getName().replace('$', '.');
	}

	/**
	 * What came of it.
	 *
	 * @param methods the scripts by method
	 * @param findings what does not fit
	 */
	public record Resolved(Map<Method, ScriptMethod> methods, List<Finding> findings) {

	}

}
