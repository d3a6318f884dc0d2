package io.github.redislua.internal.repository;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.dao.DataAccessException;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScriptDefinition;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.LuaScripts;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.internal.check.CheckedScript;
import io.github.redislua.internal.check.CheckedScripts;
import io.github.redislua.internal.check.ScriptVerifier;
import io.github.redislua.internal.check.Verification;
import io.github.redislua.internal.codec.UnsupportedTypeException;
import io.github.redislua.internal.codec.argument.ArgumentEncoder;
import io.github.redislua.internal.execute.CallOptions;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.execute.ScriptState;
import io.github.redislua.internal.invoke.ArgumentBinder;
import io.github.redislua.internal.invoke.Codecs;
import io.github.redislua.internal.invoke.ErrorMappings;
import io.github.redislua.internal.invoke.KeySource;
import io.github.redislua.internal.invoke.NamedArguments;
import io.github.redislua.internal.invoke.PipelineScope;
import io.github.redislua.internal.invoke.ReadyScript;
import io.github.redislua.internal.invoke.RepositoryProxy;
import io.github.redislua.internal.invoke.RepositoryResolver;
import io.github.redislua.internal.invoke.RepositoryResolver.Resolved;
import io.github.redislua.internal.invoke.ScriptMethod;
import io.github.redislua.internal.invoke.ScriptNames;
import io.github.redislua.internal.invoke.ValueSource;
import io.github.redislua.internal.monitor.Monitoring;
import io.github.redislua.internal.monitor.ScriptStatistics;
import io.github.redislua.internal.script.Script;
import io.github.redislua.internal.script.ScriptCatalog;

/**
 * The scripts and the interfaces of an application, and what runs them.
 */
public final class ScriptEngine implements LuaScripts {

	private static final Duration PRELOAD_TIMEOUT = Duration.ofSeconds(10);

	private final ScriptCatalog catalog;

	private final ScriptNames names;

	private final Codecs codecs;

	private final StringValueResolver placeholders;

	private final String keyPrefix;

	private final ConnectionFactories connections;

	private final ArgumentEncoder dynamicKey;

	private final ArgumentEncoder dynamicArgument;

	private final Map<Class<?>, Resolved> repositories = new ConcurrentHashMap<>();

	private final Map<NamedCall, ScriptMethod> namedCalls = new ConcurrentHashMap<>();

	private final Monitoring monitoring;

	private final @Nullable ScriptVerifier verifier;

	private final Set<Class<?>> verified = ConcurrentHashMap.newKeySet();

	private final Map<String, List<String>> problems = new ConcurrentHashMap<>();

	private final Map<String, String> rejections = new ConcurrentHashMap<>();

	private final Map<String, ScriptEdit> edits = new ConcurrentHashMap<>();

	/**
	 * Create a new engine.
	 * @param catalog the scripts in files
	 * @param codecs how values are written and read
	 * @param placeholders resolves placeholders in annotations
	 * @param keyPrefix what to put before every key, possibly empty
	 * @param connections the servers
	 * @param monitoring what is known of the calls afterwards
	 * @param verifier has scripts checked, {@code null} if they are not to be
	 */
	public ScriptEngine(ScriptCatalog catalog, Codecs codecs, StringValueResolver placeholders, String keyPrefix,
			ConnectionFactories connections, Monitoring monitoring, @Nullable ScriptVerifier verifier) {
		this.catalog = catalog;
		this.names = new ScriptNames(catalog);
		this.codecs = codecs;
		this.placeholders = placeholders;
		this.keyPrefix = keyPrefix;
		this.connections = connections;
		this.monitoring = monitoring;
		this.verifier = verifier;
		this.dynamicKey = codecs.arguments().forKey(ResolvableType.forClass(Object.class));
		this.dynamicArgument = codecs.arguments()
			.forArgument(ResolvableType.forClass(Object.class), ChronoUnit.MILLIS, false);
	}

	/**
	 * Makes an object that implements an interface.
	 * @param <T> the interface
	 * @param repository the interface
	 * @return the object
	 * @throws LuaScriptDefinitionException if the interface and its scripts do not fit
	 * @throws LuaScriptNotFoundException if a script is missing
	 */
	public <T> T create(Class<T> repository) {
		Resolved resolved = resolve(repository);
		raise(resolved.findings());
		if (!this.verified.contains(repository)) {
			report(verify(List.of(repository), List.of()));
		}
		return RepositoryProxy.create(repository, resolved.methods());
	}

	/**
	 * Resolves interfaces before anybody asks for them, so that one report has all that
	 * does not fit, and has their scripts checked.
	 * @param repositories interfaces
	 */
	public void check(Collection<Class<?>> repositories) {
		resolve(repositories);
		report(verify(repositories, List.of()));
	}

	/**
	 * The same for all interfaces and all scripts of an application. What is no reason to
	 * stop has yet to be reported.
	 * @param repositories interfaces
	 * @return what was found, {@code null} if scripts are not checked
	 */
	public @Nullable Verification checkAll(Collection<Class<?>> repositories) {
		resolve(repositories);
		return verify(repositories, scripts().values());
	}

	/**
	 * What the checker says of interfaces and their scripts. Nothing is thrown on that
	 * account, nor logged.
	 * @param repositories interfaces
	 * @return what was found, {@code null} if scripts are not checked
	 */
	public @Nullable Verification inspect(Collection<Class<?>> repositories) {
		resolve(repositories);
		return (this.verifier != null) ? this.verifier.verify(subjects(repositories, List.of())) : null;
	}

	/**
	 * Throws or logs what was found.
	 * @param verification what was found, {@code null} if scripts are not checked
	 * @throws LuaScriptCheckException if a script that a method runs has errors
	 */
	public void report(@Nullable Verification verification) {
		if (this.verifier != null && verification != null) {
			this.verifier.enforce(verification);
		}
		log(verification);
	}

	/**
	 * Logs what was found.
	 * @param verification what was found, {@code null} if scripts are not checked
	 */
	public void log(@Nullable Verification verification) {
		if (this.verifier != null && verification != null) {
			this.problems.putAll(verification.byName());
			this.verifier.log(verification);
		}
	}

	private void resolve(Collection<Class<?>> repositories) {
		List<Finding> findings = new ArrayList<>();
		for (Class<?> repository : repositories) {
			findings.addAll(resolve(repository).findings());
		}
		raise(findings);
	}

	private @Nullable Verification verify(Collection<Class<?>> repositories, Collection<Script> others) {
		if (this.verifier == null) {
			return null;
		}
		Verification verification = this.verifier.verify(subjects(repositories, others));
		this.verifier.enforce(verification);
		this.verified.addAll(repositories);
		return verification;
	}

	private Collection<CheckedScript> subjects(Collection<Class<?>> repositories, Collection<Script> others) {
		CheckedScripts subjects = new CheckedScripts(this.codecs.replies());
		for (Class<?> repository : repositories) {
			resolve(repository).methods()
				.forEach((method, script) -> subjects.add(repository, method, script, script.script()));
		}
		others.forEach((script) -> subjects.addUnused(script, this.connections.known("")));
		return subjects.all();
	}

	private synchronized Resolved resolve(Class<?> repository) {
		if (!repository.isInterface()) {
			throw new IllegalArgumentException(repository.getName() + " is not an interface");
		}
		Resolved known = this.repositories.get(repository);
		if (known != null) {
			return known;
		}
		LuaRepository settings = RepositoryResolver.settings(repository);
		String connectionFactory = (settings != null)
				? Objects.requireNonNullElse(this.placeholders.resolveStringValue(settings.connectionFactory()), "")
				: "";
		ScriptExecutor executor = this.connections.executor(connectionFactory);
		Resolved resolved = new RepositoryResolver(repository, this.names, this.codecs, this.placeholders,
				this.keyPrefix, executor, this.monitoring)
			.resolve();
		this.repositories.put(repository, resolved);
		return resolved;
	}

	private void raise(List<Finding> findings) {
		if (findings.isEmpty()) {
			return;
		}
		List<LuaScriptNotFoundException> missing = findings.stream()
			.map(this.names::missing)
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
	 * Which Java methods run which script.
	 * @return the descriptions of methods by the name of their script
	 */
	public Map<String, List<String>> methods() {
		Map<String, List<String>> result = new TreeMap<>();
		this.repositories.forEach((repository, resolved) -> {
			for (Map.Entry<Method, ScriptMethod> entry : resolved.methods().entrySet()) {
				result.computeIfAbsent(entry.getValue().script().name(), (name) -> new ArrayList<>())
					.add(ClassUtils.getQualifiedMethodName(entry.getKey(), repository));
			}
		});
		return result;
	}

	/**
	 * Says which Java methods run a script.
	 * @param path the script as findings name it
	 * @return for example
	 * {@code lua/reserve.lua is run by com.acme.Stock.reserve(String)}
	 */
	public String callers(String path) {
		String methods = repositoryMethods().filter((method) -> method.script().path().equals(path))
			.map(ScriptMethod::description)
			.distinct()
			.sorted()
			.collect(Collectors.joining(", "));
		return methods.isEmpty() ? path + ": no method runs it" : path + " is run by " + methods;
	}

	/**
	 * Names that stand for several scripts, of which no method means one.
	 * @return what to say about them
	 */
	public List<Finding> ambiguities() {
		return this.catalog.ambiguous()
			.values()
			.stream()
			.map((scripts) -> this.catalog.ambiguity("redis-lua.locations", scripts))
			.toList();
	}

	@Override
	public Collection<LuaScriptDefinition> definitions() {
		return List.copyOf(scripts().values());
	}

	private Map<String, Script> scripts() {
		Map<String, Script> scripts = new TreeMap<>(this.catalog.unambiguous());
		scripts.putAll(this.names.inlineScripts());
		return scripts;
	}

	@Override
	public LuaScriptDefinition definition(String name) {
		return script(name);
	}

	private Script script(String name) {
		Script inline = this.names.inlineScripts().get(name);
		return (inline != null) ? inline : this.catalog.get(name);
	}

	private Stream<ScriptMethod> repositoryMethods() {
		return this.repositories.values().stream().flatMap((resolved) -> resolved.methods().values().stream());
	}

	/**
	 * Whether a method of a repository runs the script.
	 * @param script the script
	 * @return {@code true} if one does
	 */
	public boolean isUsed(Script script) {
		return repositoryMethods().anyMatch((method) -> method.script() == script);
	}

	@Override
	public Map<String, Integer> preload() {
		Map<String, Integer> nodes = new LinkedHashMap<>();
		for (PreloadResult result : preload(PRELOAD_TIMEOUT)) {
			result.rejected().forEach((script, rejected) -> {
				// What nobody calls is a warning, which is in the endpoint and was
				// logged.
				if (isUsed(script)) {
					throw rejected;
				}
			});
			for (RuntimeException failed : result.failed().values()) {
				throw failed;
			}
			result.loaded().forEach((node, count) -> nodes.merge(node, count, Integer::sum));
		}
		return nodes;
	}

	/**
	 * Loads the scripts everywhere: those that repositories use on the servers of these
	 * repositories, and all others on the default one.
	 * @param timeout how long to wait for each server
	 * @return what happened, for each connection factory
	 */
	public List<PreloadResult> preload(Duration timeout) {
		return preload(timeout, null);
	}

	/**
	 * The same, and asks the servers for the commands that the scripts call.
	 * @param timeout how long to wait for each server
	 * @param verification what was found without the servers, which is corrected
	 * @return what happened, for each connection factory
	 */
	public List<PreloadResult> preload(Duration timeout, @Nullable Verification verification) {
		List<PreloadResult> results = new ArrayList<>();
		byExecutor().forEach((executor, scripts) -> {
			List<String> commands = (verification != null) ? verification.commands(scripts) : List.of();
			PreloadResult result = executor.preload(scripts, commands, timeout);
			if (this.verifier != null && verification != null && !result.commands().isEmpty()) {
				this.verifier.correct(verification, executor, scripts, commands, result.commands());
			}
			results.add(result);
		});
		this.rejections.clear();
		Unplaced unplaced = unplaced();
		unplaced.scripts().forEach((script) -> this.rejections.put(script.name(), unplaced.reason()));
		for (PreloadResult result : results) {
			result.rejected()
				.forEach((script, ex) -> this.rejections.put(script.name(), String.valueOf(ex.getMessage())));
		}
		return results;
	}

	private Map<ScriptExecutor, Set<Script>> byExecutor() {
		Map<ScriptExecutor, Set<Script>> byExecutor = new LinkedHashMap<>();
		repositoryMethods()
			.forEach((method) -> byExecutor.computeIfAbsent(method.executor(), (key) -> new LinkedHashSet<>())
				.add(method.script()));
		Set<Script> unused = unused();
		if (!unused.isEmpty()) {
			try {
				byExecutor.computeIfAbsent(this.connections.executor(""), (key) -> new LinkedHashSet<>())
					.addAll(unused);
			}
			catch (LuaScriptDefinitionException ex) {
				// No reason for anything to fail that nobody calls: they are unplaced.
			}
		}
		return byExecutor;
	}

	private Set<Script> unused() {
		Set<Script> unused = new LinkedHashSet<>(scripts().values());
		repositoryMethods().forEach((method) -> unused.remove(method.script()));
		return unused;
	}

	/**
	 * The scripts that are loaded nowhere: no method uses them, and which of several
	 * servers is the default one cannot be told.
	 * @return the scripts, possibly none, and why
	 */
	public Unplaced unplaced() {
		Set<Script> unused = unused();
		if (!unused.isEmpty()) {
			try {
				this.connections.executor("");
			}
			catch (LuaScriptDefinitionException ex) {
				return new Unplaced(unused,
						"Loaded on no server, since no method uses it: " + String.valueOf(ex.getMessage()));
			}
		}
		return new Unplaced(Set.of(), "");
	}

	/**
	 * Asks the servers that scripts are loaded on which of them they have, all at once.
	 * @param timeout how long to wait for all of it
	 * @return the states by the name of the script, by server
	 */
	public Map<String, Map<String, ScriptState>> states(Duration timeout) {
		return NodeStates.ask(byExecutor(), timeout);
	}

	/**
	 * The counters of calls.
	 * @return the counters of all scripts that can be called
	 */
	public ScriptStatistics statistics() {
		return this.monitoring.statistics();
	}

	/**
	 * What is wrong with scripts without keeping the application from running.
	 * @param script the name of a script
	 * @return texts for people, possibly none
	 */
	public List<String> warnings(String script) {
		String rejection = this.rejections.get(script);
		return (rejection != null) ? List.of(rejection) : this.problems.getOrDefault(script, List.of());
	}

	/**
	 * The last change of a script while the application runs.
	 * @param script the name of a script
	 * @return the change, {@code null} if there was none
	 */
	public @Nullable ScriptEdit edit(String script) {
		return this.edits.get(script);
	}

	/**
	 * The scripts whose files can change.
	 * @return the scripts as they run now
	 */
	public List<Script> files() {
		return this.catalog.unambiguous().values().stream().filter((script) -> script.file() != null).toList();
	}

	/**
	 * Puts a changed script in the place of the one that runs, if it is one that can run:
	 * it is loaded on all servers that can be reached before any method calls it. Calls
	 * that have begun stay with the one they began with.
	 * @param script a script of the name and the origin of one that runs
	 * @param timeout how long to wait for each server
	 * @return what came of it
	 * @throws DataAccessException if no server can be reached
	 */
	public ScriptEdit replace(Script script, Duration timeout) {
		String problem = problem(script, timeout);
		if (problem == null) {
			swap(script);
		}
		ScriptEdit edit = new ScriptEdit(Instant.now(), problem);
		this.edits.put(script.name(), edit);
		return edit;
	}

	// What keeps a changed script from running. No server is asked about what the checker
	// refuses.
	private @Nullable String problem(Script script, Duration timeout) {
		Verification verification = verifyChange(script);
		LuaScriptCheckException refusal = (this.verifier != null && verification != null)
				? this.verifier.refusal(verification) : null;
		if (refusal != null) {
			return refusal.getMessage();
		}
		String rejection = rejection(script, timeout);
		if (rejection == null) {
			this.problems.remove(script.name());
			report(verification);
		}
		return rejection;
	}

	private @Nullable Verification verifyChange(Script script) {
		if (this.verifier == null) {
			return null;
		}
		CheckedScripts subjects = new CheckedScripts(this.codecs.replies());
		this.repositories.forEach((repository, resolved) -> resolved.methods().forEach((method, candidate) -> {
			if (candidate.script().name().equals(script.name())) {
				subjects.add(repository, method, candidate, script);
			}
		}));
		subjects.addUnused(script, this.connections.known(""));
		return this.verifier.verify(subjects.all());
	}

	private @Nullable String rejection(Script script, Duration timeout) {
		boolean loaded = false;
		RuntimeException failure = null;
		for (Map.Entry<ScriptExecutor, Set<Script>> entry : byExecutor().entrySet()) {
			Set<Script> scripts = entry.getValue();
			Set<Script> changed = scripts.stream()
				.map((candidate) -> candidate.name().equals(script.name()) ? script : candidate)
				.collect(Collectors.toSet());
			if (!changed.contains(script)) {
				continue;
			}
			// All of them: an executor remembers what it is to load on new servers.
			PreloadResult result = entry.getKey().preload(changed, timeout);
			LuaScriptExecutionException rejected = result.rejected().get(script);
			if (rejected != null) {
				entry.getKey().preload(scripts, timeout);
				return rejected.getMessage();
			}
			loaded |= !result.loaded().isEmpty();
			failure = result.failed().values().stream().findFirst().orElse(failure);
		}
		if (!loaded && failure != null && !isForbidden(failure)) {
			throw failure;
		}
		return null;
	}

	// Who may not load scripts sends them with every call that needs it.
	private static boolean isForbidden(RuntimeException failure) {
		return failure instanceof LuaScriptExecutionException error
				&& ("NOPERM".equals(error.getCode()) || "ERR".equals(error.getCode()));
	}

	/**
	 * Notes why a script stays as it was although its file has changed.
	 * @param script the script as it runs
	 * @param problem what is wrong
	 */
	public void keep(Script script, String problem) {
		this.edits.put(script.name(), new ScriptEdit(Instant.now(), problem));
	}

	// Nothing can fail after the first of them is replaced.
	private synchronized void swap(Script script) {
		List<Runnable> replacements = Stream.concat(repositoryMethods(), this.namedCalls.values().stream())
			.filter((method) -> method.script().name().equals(script.name()))
			.map((method) -> method.replacement(script))
			.toList();
		this.catalog.replace(script);
		replacements.forEach(Runnable::run);
		this.rejections.remove(script.name());
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T execute(String name, Class<T> type, List<?> keys, Object... args) {
		Assert.notNull(args, "The array of arguments must not be null");
		NamedCall call = new NamedCall(name, type);
		ScriptMethod known = this.namedCalls.get(call);
		ScriptMethod method = (known != null) ? known : addNamedCall(call);
		try {
			return (T) method.invoke(new Object[] { keys, Arrays.asList(args) });
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private synchronized ScriptMethod addNamedCall(NamedCall call) {
		return this.namedCalls.computeIfAbsent(call, this::namedCall);
	}

	private ScriptMethod namedCall(NamedCall call) {
		Script script = script(call.name());
		String description = "LuaScripts.execute(\"" + call.name() + "\", " + ClassUtils.getShortName(call.type())
				+ ")";
		ScriptExecutor executor = this.connections.executor("");
		CallOptions options = new CallOptions(description, false, false, null,
				!RepositoryResolver.isPrimitive(call.type()));
		try {
			return new ScriptMethod(description, ReadyScript.of(script, options, executor), executor, dynamicBinder(),
					this.codecs.replies().forType(ResolvableType.forClass(call.type()), ReplyFormat.AUTO),
					new ErrorMappings(), RepositoryResolver.zero(call.type()), null, this.monitoring.counters(script),
					this.monitoring.observer(script, LuaScripts.class, "execute"));
		}
		catch (UnsupportedTypeException ex) {
			throw new IllegalArgumentException(description + " does not fit: " + ex.getMessage(), ex);
		}
	}

	private ArgumentBinder dynamicBinder() {
		List<Object> parts = new ArrayList<>();
		if (!this.keyPrefix.isEmpty()) {
			parts.add(this.keyPrefix.getBytes(StandardCharsets.UTF_8));
		}
		parts.add(new ValueSource(0, "the list of keys", this.dynamicKey, false, false, false));
		return ArgumentBinder.of(List.of(new KeySource(parts)), List.of(new NamedArguments(1, this.dynamicArgument)));
	}

	@Override
	public List<@Nullable Object> pipelined(Runnable calls) {
		return PipelineScope.run(calls);
	}

	private record NamedCall(String name, Class<?> type) {

	}

	/**
	 * Scripts that are loaded nowhere.
	 *
	 * @param scripts the scripts
	 * @param reason why, for people
	 */
	public record Unplaced(Set<Script> scripts, String reason) {

	}

}
