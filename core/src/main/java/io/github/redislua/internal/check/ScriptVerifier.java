package io.github.redislua.internal.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.redislua.CheckMode;
import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.script.Script;
import io.github.redislua.lint.Finding;
import io.github.redislua.lint.Report;
import io.github.redislua.lint.ScriptCheck;
import io.github.redislua.lint.ScriptChecker;
import io.github.redislua.lint.ScriptSource;
import io.github.redislua.lint.Severity;

/**
 * Has scripts checked. What it knows of them does not outlive the start.
 */
public final class ScriptVerifier {

	private static final Log logger = LogFactory.getLog(ScriptVerifier.class);

	private final CheckerSettings settings;

	private final Map<Boolean, ScriptChecker> offline = new ConcurrentHashMap<>();

	// Those that have a server's word for its commands.
	private final Map<ScriptExecutor, ScriptChecker> online = new ConcurrentHashMap<>();

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	/**
	 * Create a new verifier.
	 * @param settings what the application says of the checker
	 */
	public ScriptVerifier(CheckerSettings settings) {
		this.settings = settings;
	}

	private ScriptChecker checker(@Nullable ScriptExecutor executor) {
		ScriptChecker known = (executor != null) ? this.online.get(executor) : null;
		return (known != null) ? known : offline(executor != null && executor.isCluster());
	}

	private ScriptChecker offline(boolean cluster) {
		return this.offline.computeIfAbsent(cluster, this.settings::checker);
	}

	/**
	 * Checks scripts, each once.
	 * @param scripts the scripts
	 * @return what was found
	 */
	public Verification verify(Collection<CheckedScript> scripts) {
		Map<ScriptChecker, List<CheckedScript>> groups = new LinkedHashMap<>();
		for (CheckedScript script : scripts) {
			groups.computeIfAbsent(checker(script.executor()), (key) -> new ArrayList<>()).add(script);
		}
		groups.forEach((checker, group) -> {
			List<ScriptSource> sources = new ArrayList<>();
			for (CheckedScript checked : group) {
				sources.add(ScriptSource.of(checked.script().path(), checked.script().bytes()));
			}
			List<ScriptCheck> checks = checker.checkAll(sources);
			for (int i = 0; i < checks.size(); i++) {
				group.get(i).checked(checks.get(i));
			}
		});
		return new Verification(List.copyOf(scripts));
	}

	/**
	 * Takes a server's word for its commands.
	 * @param verification what was found without it
	 * @param executor the server
	 * @param scripts the scripts that it was asked for
	 * @param names the names of the commands that it was asked for
	 * @param reply its answer
	 */
	public void correct(Verification verification, ScriptExecutor executor, Collection<Script> scripts,
			List<String> names, List<?> reply) {
		ScriptChecker checker = offline(executor.isCluster()).withServer(names, reply);
		this.online.put(executor, checker);
		for (CheckedScript script : verification.scripts()) {
			if (script.runsOn(executor) && scripts.contains(script.script())) {
				script.again(checker);
			}
		}
		verification.changed();
	}

	/**
	 * What keeps scripts from being run.
	 * @param verification what was found
	 * @param callers lines that say which methods run the scripts, possibly none
	 * @return what to throw, {@code null} if they may run
	 */
	public @Nullable LuaScriptCheckException refusal(Verification verification, List<String> callers) {
		return (this.settings.mode() == CheckMode.ERROR && verification.isRefused())
				? CheckReports.exception(verification.problems(), callers) : null;
	}

	/**
	 * Logs what was found, and was not logged before.
	 * @param verification what was found
	 */
	public void log(Verification verification) {
		List<Finding> problems = new ArrayList<>();
		List<Finding> information = new ArrayList<>();
		for (Finding finding : verification.report().findings()) {
			if (this.logged.add(finding.toString())) {
				((finding.severity() != Severity.INFO) ? problems : information).add(finding);
			}
		}
		if (!problems.isEmpty()) {
			Report report = Report.of(problems);
			logger.warn(CheckReports.heading(report) + "\n" + report);
		}
		if (!information.isEmpty()) {
			logger.debug("The script checker notes:\n" + Report.of(information));
		}
	}

}
