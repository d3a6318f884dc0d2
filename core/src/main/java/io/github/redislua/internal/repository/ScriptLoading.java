package io.github.redislua.internal.repository;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.internal.check.Verification;
import io.github.redislua.internal.execute.PreloadResult;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.script.Script;

/**
 * Loads scripts before anybody calls them: those that methods run on the servers of their
 * interfaces, and all others on the default one.
 */
public final class ScriptLoading {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final KnownScripts scripts;

	private final Repositories repositories;

	private final ConnectionFactories connections;

	private final RepositoryChecks checks;

	private final Map<String, String> rejections = new ConcurrentHashMap<>();

	ScriptLoading(KnownScripts scripts, Repositories repositories, ConnectionFactories connections,
			RepositoryChecks checks) {
		this.scripts = scripts;
		this.repositories = repositories;
		this.connections = connections;
		this.checks = checks;
	}

	/**
	 * Loads the scripts, and fails if a server cannot be loaded or refuses a script that
	 * a method runs.
	 * @return the servers, each with the number of scripts that it had to load
	 */
	Map<String, Integer> preload() {
		Map<String, Integer> nodes = new LinkedHashMap<>();
		for (PreloadResult result : preload(TIMEOUT)) {
			result.rejected().forEach((script, rejected) -> {
				// What nobody calls is a warning, which is in the endpoint and was
				// logged.
				if (this.repositories.use(script)) {
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
	 * Loads the scripts.
	 * @param timeout how long to wait for each server
	 * @return what happened, for each connection factory
	 */
	public List<PreloadResult> preload(Duration timeout) {
		return preload(timeout, null);
	}

	/**
	 * Loads the scripts, and asks the servers for the commands that the scripts call.
	 * @param timeout how long to wait for each server
	 * @param verification what was found without the servers, which is corrected
	 * @return what happened, for each connection factory
	 */
	public List<PreloadResult> preload(Duration timeout, @Nullable Verification verification) {
		List<PreloadResult> results = new ArrayList<>();
		byExecutor().forEach((executor, scripts) -> {
			List<String> commands = (verification != null) ? verification.commands(scripts) : List.of();
			PreloadResult result = executor.preload(scripts, commands, timeout);
			if (verification != null && !result.commands().isEmpty()) {
				this.checks.correct(verification, executor, scripts, commands, result.commands());
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

	/**
	 * Where which scripts belong.
	 * @return the scripts by the servers of a connection factory
	 */
	Map<ScriptExecutor, Set<Script>> byExecutor() {
		Map<ScriptExecutor, Set<Script>> byExecutor = new LinkedHashMap<>();
		this.repositories.methods()
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
		Set<Script> unused = new LinkedHashSet<>(this.scripts.all().values());
		this.repositories.methods().forEach((method) -> unused.remove(method.script()));
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
	 * Why a script could not be loaded the last time.
	 * @param script the name of a script
	 * @return the reason, {@code null} if there is none
	 */
	@Nullable String rejection(String script) {
		return this.rejections.get(script);
	}

	/**
	 * Forgets why a script could not be loaded.
	 * @param script the name of a script that was replaced
	 */
	void replaced(String script) {
		this.rejections.remove(script);
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
