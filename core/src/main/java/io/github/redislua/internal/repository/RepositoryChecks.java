package io.github.redislua.internal.repository;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.internal.check.CheckedScript;
import io.github.redislua.internal.check.CheckedScripts;
import io.github.redislua.internal.check.ScriptVerifier;
import io.github.redislua.internal.check.Verification;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.invoke.Codecs;
import io.github.redislua.internal.script.Script;

/**
 * Has the script checker look at interfaces and their scripts, and reports what it finds:
 * thrown, logged, and kept for the endpoint.
 */
public final class RepositoryChecks {

	private final KnownScripts scripts;

	private final Repositories repositories;

	private final Codecs codecs;

	private final ConnectionFactories connections;

	private final @Nullable ScriptVerifier verifier;

	private final Set<Class<?>> checked = ConcurrentHashMap.newKeySet();

	private final Map<String, List<String>> problems = new ConcurrentHashMap<>();

	RepositoryChecks(KnownScripts scripts, Repositories repositories, Codecs codecs, ConnectionFactories connections,
			@Nullable ScriptVerifier verifier) {
		this.scripts = scripts;
		this.repositories = repositories;
		this.codecs = codecs;
		this.connections = connections;
		this.verifier = verifier;
	}

	/**
	 * Checks interfaces and the scripts that they run, and throws or logs what was found.
	 * @param repositories interfaces
	 * @throws LuaScriptCheckException if a script that a method runs has errors
	 */
	void check(Collection<? extends Class<?>> repositories) {
		this.repositories.require(repositories);
		Verification verification = verify(repositories, List.of());
		enforce(verification);
		this.checked.addAll(repositories);
		log(verification);
	}

	/**
	 * Checks an interface unless it was checked before.
	 * @param repository an interface
	 */
	void checkOnce(Class<?> repository) {
		if (!this.checked.contains(repository)) {
			check(List.of(repository));
		}
	}

	/**
	 * Checks all interfaces and all scripts of an application. What is no reason to stop
	 * has yet to be reported: a server may know better.
	 * @param repositories interfaces
	 * @return what was found, {@code null} if scripts are not checked
	 * @throws LuaScriptCheckException if a script that a method runs has errors
	 */
	public @Nullable Verification checkAll(Collection<? extends Class<?>> repositories) {
		this.repositories.require(repositories);
		Verification verification = verify(repositories, this.scripts.all().values());
		enforceWithCallers(verification);
		this.checked.addAll(repositories);
		return verification;
	}

	/**
	 * What the checker says of interfaces and their scripts. Nothing is thrown on that
	 * account, nor logged.
	 * @param repositories interfaces
	 * @return what was found, {@code null} if scripts are not checked
	 */
	public @Nullable Verification inspect(Collection<? extends Class<?>> repositories) {
		this.repositories.require(repositories);
		return verify(repositories, List.of());
	}

	/**
	 * Takes a server's word for its commands.
	 * @param verification what was found without it
	 * @param executor the server
	 * @param scripts the scripts that it was asked for
	 * @param names the names of the commands that it was asked for
	 * @param reply its answer
	 */
	void correct(Verification verification, ScriptExecutor executor, Collection<Script> scripts, List<String> names,
			List<?> reply) {
		if (this.verifier != null) {
			this.verifier.correct(verification, executor, scripts, names, reply);
		}
	}

	/**
	 * Throws or logs what was found.
	 * @param verification what was found, {@code null} if scripts are not checked
	 * @throws LuaScriptCheckException if a script that a method runs has errors
	 */
	public void report(@Nullable Verification verification) {
		enforceWithCallers(verification);
		log(verification);
	}

	/**
	 * Logs what was found, and keeps it for the endpoint.
	 * @param verification what was found, {@code null} if scripts are not checked
	 */
	public void log(@Nullable Verification verification) {
		if (this.verifier != null && verification != null) {
			this.problems.putAll(verification.byName());
			this.verifier.log(verification);
		}
	}

	/**
	 * Checks a changed script against the methods that run the one of its name.
	 * @param script the script
	 * @return what was found, {@code null} if scripts are not checked
	 */
	@Nullable Verification checkChange(Script script) {
		if (this.verifier == null) {
			return null;
		}
		CheckedScripts subjects = new CheckedScripts(this.codecs.replies());
		for (Class<?> repository : this.repositories.all()) {
			this.repositories.forEachMethod(repository, (method, candidate) -> {
				if (candidate.script().name().equals(script.name())) {
					subjects.add(repository, method, candidate, script);
				}
			});
		}
		subjects.addUnused(script, this.connections.known(""));
		return this.verifier.verify(subjects.all());
	}

	/**
	 * What keeps scripts from being run.
	 * @param verification what was found, {@code null} if scripts are not checked
	 * @return what to throw, {@code null} if they may run
	 */
	@Nullable LuaScriptCheckException refusal(@Nullable Verification verification) {
		return (this.verifier != null && verification != null) ? this.verifier.refusal(verification, List.of()) : null;
	}

	/**
	 * What is wrong with a script.
	 * @param script the name of a script
	 * @return texts for people, possibly none
	 */
	List<String> problems(String script) {
		return this.problems.getOrDefault(script, List.of());
	}

	/**
	 * Forgets what is wrong with a script.
	 * @param script the name of a script that was replaced
	 */
	void forget(String script) {
		this.problems.remove(script);
	}

	private @Nullable Verification verify(Collection<? extends Class<?>> repositories, Collection<Script> others) {
		return (this.verifier != null) ? this.verifier.verify(subjects(repositories, others)) : null;
	}

	private Collection<CheckedScript> subjects(Collection<? extends Class<?>> repositories, Collection<Script> others) {
		CheckedScripts subjects = new CheckedScripts(this.codecs.replies());
		for (Class<?> repository : repositories) {
			this.repositories.forEachMethod(repository,
					(method, call) -> subjects.add(repository, method, call, call.script()));
		}
		others.forEach((script) -> subjects.addUnused(script, this.connections.known("")));
		return subjects.all();
	}

	private void enforce(@Nullable Verification verification) {
		LuaScriptCheckException refusal = refusal(verification);
		if (refusal != null) {
			throw refusal;
		}
	}

	// At start-up nobody has called a method: which one has to do with it must be said.
	private void enforceWithCallers(@Nullable Verification verification) {
		if (this.verifier == null || verification == null || !verification.isRefused()) {
			return;
		}
		List<String> callers = verification.files().stream().map(this.repositories::callers).toList();
		LuaScriptCheckException refusal = this.verifier.refusal(verification, callers);
		if (refusal != null) {
			throw refusal;
		}
	}

}
