package io.github.redislua.internal.repository;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.invoke.Codecs;
import io.github.redislua.internal.invoke.RepositoryProxy;
import io.github.redislua.internal.invoke.RepositoryResolver;
import io.github.redislua.internal.invoke.RepositoryResolver.Resolved;
import io.github.redislua.internal.invoke.ScriptMethod;
import io.github.redislua.internal.monitor.Monitoring;
import io.github.redislua.internal.script.Script;

/**
 * The interfaces of an application, each resolved once, and the objects that implement
 * them.
 */
public final class Repositories {

	private final KnownScripts scripts;

	private final Codecs codecs;

	private final StringValueResolver placeholders;

	private final String keyPrefix;

	private final ConnectionFactories connections;

	private final Monitoring monitoring;

	private final Map<Class<?>, Resolved> resolved = new ConcurrentHashMap<>();

	Repositories(KnownScripts scripts, Codecs codecs, StringValueResolver placeholders, String keyPrefix,
			ConnectionFactories connections, Monitoring monitoring) {
		this.scripts = scripts;
		this.codecs = codecs;
		this.placeholders = placeholders;
		this.keyPrefix = keyPrefix;
		this.connections = connections;
		this.monitoring = monitoring;
	}

	/**
	 * Makes an object that implements an interface.
	 * @param <T> the interface
	 * @param repository the interface
	 * @return the object
	 * @throws LuaScriptDefinitionException if the interface and its scripts do not fit
	 * @throws LuaScriptNotFoundException if a script is missing
	 */
	<T> T create(Class<T> repository) {
		require(List.of(repository));
		return RepositoryProxy.create(repository, resolve(repository).methods());
	}

	/**
	 * Resolves interfaces before anybody asks for them, so that one exception has all
	 * that does not fit.
	 * @param repositories interfaces
	 * @throws LuaScriptDefinitionException if an interface and its scripts do not fit
	 * @throws LuaScriptNotFoundException if a script is missing
	 */
	void require(Collection<? extends Class<?>> repositories) {
		List<Finding> findings = new ArrayList<>();
		for (Class<?> repository : repositories) {
			findings.addAll(resolve(repository).findings());
		}
		raise(findings);
	}

	private Resolved resolve(Class<?> repository) {
		if (!repository.isInterface()) {
			throw new IllegalArgumentException(repository.getName() + " is not an interface");
		}
		synchronized (this.scripts) {
			Resolved known = this.resolved.get(repository);
			if (known != null) {
				return known;
			}
			Resolved resolved = new RepositoryResolver(repository, this.scripts.names(), this.codecs, this.placeholders,
					this.keyPrefix, executor(repository), this.monitoring)
				.resolve();
			List<Finding> findings = MisplacedScripts.in(repository);
			if (!findings.isEmpty()) {
				findings.addAll(resolved.findings());
				resolved = new Resolved(resolved.methods(), findings);
			}
			this.resolved.put(repository, resolved);
			return resolved;
		}
	}

	private ScriptExecutor executor(Class<?> repository) {
		LuaRepository settings = RepositoryResolver.settings(repository);
		if (settings == null) {
			return this.connections.executor("");
		}
		String name = settings.connectionFactory();
		try {
			name = Objects.requireNonNullElse(this.placeholders.resolveStringValue(name), "");
		}
		catch (IllegalArgumentException ex) {
			throw new LuaScriptDefinitionException(List.of(new Finding(repository.getName().replace('$', '.'), null,
					"@LuaRepository(connectionFactory = \"" + name + "\") does not fit: " + ex.getMessage(),
					"Set the property, or give a default: ${name:default}")));
		}
		return this.connections.executor(name);
	}

	private void raise(List<Finding> findings) {
		if (findings.isEmpty()) {
			return;
		}
		List<LuaScriptNotFoundException> missing = findings.stream()
			.map(this.scripts.names()::missing)
			.filter(Objects::nonNull)
			.toList();
		if (missing.size() < findings.size()) {
			throw new LuaScriptDefinitionException(findings);
		}
		if (missing.size() == 1) {
			throw missing.get(0);
		}
		LuaScriptNotFoundException first = missing.get(0);
		String message = String.valueOf(new LuaScriptDefinitionException(findings).getMessage());
		throw new LuaScriptNotFoundException(message, first.getScriptName(), first.getNearestNames(),
				first.getLocations());
	}

	/**
	 * The methods of an interface.
	 * @param repository an interface
	 * @param action takes each method and the call that it is
	 */
	void forEachMethod(Class<?> repository, BiConsumer<Method, ScriptMethod> action) {
		resolve(repository).methods().forEach(action);
	}

	/**
	 * The interfaces that were resolved.
	 * @return the interfaces
	 */
	Collection<Class<?>> all() {
		return this.resolved.keySet();
	}

	/**
	 * The methods of all interfaces.
	 * @return the methods as calls
	 */
	Stream<ScriptMethod> methods() {
		return this.resolved.values().stream().flatMap((resolved) -> resolved.methods().values().stream());
	}

	/**
	 * Whether a method runs the script.
	 * @param script the script
	 * @return {@code true} if one does
	 */
	public boolean use(Script script) {
		return methods().anyMatch((method) -> method.script() == script);
	}

	/**
	 * Which Java methods run which script.
	 * @return the descriptions of methods by the name of their script
	 */
	Map<String, List<String>> methodsByScript() {
		Map<String, List<String>> result = new TreeMap<>();
		this.resolved.forEach((repository, resolved) -> resolved.methods()
			.forEach((method, call) -> result.computeIfAbsent(call.script().name(), (name) -> new ArrayList<>())
				.add(ClassUtils.getQualifiedMethodName(method, repository))));
		return result;
	}

	/**
	 * Says which Java methods run a script.
	 * @param path the script as findings name it
	 * @return for example
	 * {@code lua/reserve.lua is run by com.acme.Stock.reserve(String)}
	 */
	public String callers(String path) {
		String methods = methods().filter((method) -> method.script().path().equals(path))
			.map(ScriptMethod::description)
			.distinct()
			.sorted()
			.collect(Collectors.joining(", "));
		return methods.isEmpty() ? path + ": no method runs it" : path + " is run by " + methods;
	}

}
