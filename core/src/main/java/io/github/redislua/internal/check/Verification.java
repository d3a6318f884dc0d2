package io.github.redislua.internal.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.script.Script;
import io.github.redislua.lint.Finding;
import io.github.redislua.lint.Report;
import io.github.redislua.lint.Severity;

/**
 * What the checker says of scripts and of the methods that run them. Used by one thread.
 */
public final class Verification {

	private final List<CheckedScript> scripts;

	private @Nullable Report report;

	private boolean refused;

	public Verification(List<CheckedScript> scripts) {
		this.scripts = scripts;
	}

	public List<CheckedScript> scripts() {
		return this.scripts;
	}

	/**
	 * All findings of all scripts.
	 * @return one report
	 */
	public Report report() {
		Report report = this.report;
		if (report == null) {
			List<Finding> findings = new ArrayList<>();
			this.refused = false;
			for (CheckedScript script : this.scripts) {
				for (Finding finding : script.findings()) {
					this.refused |= finding.isError() && script.isUsed();
					findings.add(finding);
				}
			}
			report = Report.of(findings);
			this.report = report;
		}
		return report;
	}

	/**
	 * The findings that somebody should see: all but mere information.
	 * @return the errors and the warnings
	 */
	public Report problems() {
		return Report
			.of(report().findings().stream().filter((finding) -> finding.severity() != Severity.INFO).toList());
	}

	/**
	 * The scripts that have problems, as findings name them.
	 * @return the files in order
	 */
	public List<String> files() {
		return problems().findings().stream().map(Finding::file).distinct().toList();
	}

	/**
	 * Whether there is an error in a script that a method runs.
	 * @return {@code true} if so
	 */
	public boolean isRefused() {
		report();
		return this.refused;
	}

	/**
	 * Whether the checker says itself that Redis cannot compile a script.
	 * @param script the script
	 * @return {@code true} if it does
	 */
	public boolean isUncompilable(Script script) {
		for (CheckedScript checked : this.scripts) {
			if (checked.script() == script) {
				return checked.check()
					.findings()
					.stream()
					.anyMatch((finding) -> finding.isError() && !finding.rule().isSuppressible());
			}
		}
		return false;
	}

	/**
	 * The commands that scripts call.
	 * @param scripts the scripts
	 * @return their names in order
	 */
	public List<String> commands(Collection<Script> scripts) {
		SortedSet<String> names = new TreeSet<>();
		for (CheckedScript checked : this.scripts) {
			if (scripts.contains(checked.script())) {
				names.addAll(checked.check().facts().commands());
			}
		}
		return List.copyOf(names);
	}

	/**
	 * What is wrong with each script.
	 * @return texts for people by the name of the script
	 */
	public Map<String, List<String>> byName() {
		Map<String, List<String>> result = new TreeMap<>();
		for (CheckedScript checked : this.scripts) {
			for (Finding finding : checked.findings()) {
				if (finding.severity() != Severity.INFO) {
					result.computeIfAbsent(checked.script().name(), (name) -> new ArrayList<>())
						.add(finding.toString().lines().findFirst().orElseThrow());
				}
			}
		}
		return result;
	}

	public void changed() {
		this.report = null;
	}

}
