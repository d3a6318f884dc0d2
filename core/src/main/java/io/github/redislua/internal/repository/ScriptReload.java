package io.github.redislua.internal.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.internal.check.Verification;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.script.Script;

/**
 * Replaces scripts while the application runs, and remembers what came of each change.
 */
public final class ScriptReload {

	private final KnownScripts scripts;

	private final Repositories repositories;

	private final NamedCalls namedCalls;

	private final RepositoryChecks checks;

	private final ScriptLoading loading;

	private final Map<String, ScriptEdit> edits = new ConcurrentHashMap<>();

	ScriptReload(KnownScripts scripts, Repositories repositories, NamedCalls namedCalls, RepositoryChecks checks,
			ScriptLoading loading) {
		this.scripts = scripts;
		this.repositories = repositories;
		this.namedCalls = namedCalls;
		this.checks = checks;
		this.loading = loading;
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

	/**
	 * Notes why a script stays as it was although its file has changed.
	 * @param script the script as it runs
	 * @param problem what is wrong
	 */
	public void keep(Script script, String problem) {
		this.edits.put(script.name(), new ScriptEdit(Instant.now(), problem));
	}

	/**
	 * The last change of a script while the application runs.
	 * @param script the name of a script
	 * @return the change, {@code null} if there was none
	 */
	@Nullable ScriptEdit edit(String script) {
		return this.edits.get(script);
	}

	// What keeps a changed script from running. No server is asked about what the checker
	// refuses.
	private @Nullable String problem(Script script, Duration timeout) {
		Verification verification = this.checks.checkChange(script);
		LuaScriptCheckException refusal = this.checks.refusal(verification);
		if (refusal != null) {
			return refusal.getMessage();
		}
		String rejection = rejection(script, timeout);
		if (rejection == null) {
			this.checks.forget(script.name());
			this.checks.log(verification);
		}
		return rejection;
	}

	private @Nullable String rejection(Script script, Duration timeout) {
		boolean loaded = false;
		RuntimeException failure = null;
		for (Map.Entry<ScriptExecutor, Set<Script>> entry : this.loading.byExecutor().entrySet()) {
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

	// Nothing can fail after the first of them is replaced.
	private void swap(Script script) {
		synchronized (this.scripts) {
			List<Runnable> replacements = Stream.concat(this.repositories.methods(), this.namedCalls.methods())
				.filter((method) -> method.script().name().equals(script.name()))
				.map((method) -> method.replacement(script))
				.toList();
			this.scripts.replace(script);
			replacements.forEach(Runnable::run);
			this.loading.replaced(script.name());
		}
	}

}
