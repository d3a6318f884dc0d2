package io.github.redislua.internal.repository;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.ScriptState;
import io.github.redislua.internal.monitor.ScriptStatistics;
import io.github.redislua.internal.script.Script;

/**
 * What operators want to know of the scripts: the endpoint and the metrics ask here.
 */
public final class ScriptOverview {

	private final KnownScripts scripts;

	private final Repositories repositories;

	private final RepositoryChecks checks;

	private final ScriptLoading loading;

	private final ScriptReload reload;

	private final ScriptStatistics statistics;

	ScriptOverview(KnownScripts scripts, Repositories repositories, RepositoryChecks checks, ScriptLoading loading,
			ScriptReload reload, ScriptStatistics statistics) {
		this.scripts = scripts;
		this.repositories = repositories;
		this.checks = checks;
		this.loading = loading;
		this.reload = reload;
		this.statistics = statistics;
	}

	/**
	 * All scripts.
	 * @return the scripts, sorted by name
	 */
	public Collection<Script> scripts() {
		return this.scripts.all().values();
	}

	/**
	 * Which Java methods run which script.
	 * @return the descriptions of methods by the name of their script
	 */
	public Map<String, List<String>> methods() {
		return this.repositories.methodsByScript();
	}

	/**
	 * Asks the servers that scripts are loaded on which of them they have, all at once.
	 * @param timeout how long to wait for all of it
	 * @return the states by the name of the script, by server
	 */
	public Map<String, Map<String, ScriptState>> states(Duration timeout) {
		return NodeStates.ask(this.loading.byExecutor(), timeout);
	}

	/**
	 * What is wrong with a script without keeping the application from running.
	 * @param script the name of a script
	 * @return texts for people, possibly none
	 */
	public List<String> warnings(String script) {
		String rejection = this.loading.rejection(script);
		return (rejection != null) ? List.of(rejection) : this.checks.problems(script);
	}

	/**
	 * The last change of a script while the application runs.
	 * @param script the name of a script
	 * @return the change, {@code null} if there was none
	 */
	public @Nullable ScriptEdit edit(String script) {
		return this.reload.edit(script);
	}

	/**
	 * The counters of calls.
	 * @return the counters of all scripts that can be called
	 */
	public ScriptStatistics statistics() {
		return this.statistics;
	}

}
