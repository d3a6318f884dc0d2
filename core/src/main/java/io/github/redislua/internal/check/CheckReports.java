package io.github.redislua.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.lint.Finding;
import io.github.redislua.lint.Report;
import io.github.redislua.lint.Severity;

/**
 * Reports of the checker as an application sees them.
 */
public final class CheckReports {

	private CheckReports() {
	}

	/**
	 * What a report says, in one line.
	 * @param report a report
	 * @return for example {@code The script checker found 1 error and 2 warnings:}
	 */
	public static String heading(Report report) {
		List<String> counts = new ArrayList<>();
		count(report, Severity.ERROR, "error", counts);
		count(report, Severity.WARN, "warning", counts);
		return "The script checker found " + String.join(" and ", counts) + ":";
	}

	private static void count(Report report, Severity severity, String noun, List<String> counts) {
		int count = report.count(severity);
		if (count > 0) {
			counts.add(count + " " + noun + ((count != 1) ? "s" : ""));
		}
	}

	/**
	 * The exception that has a report.
	 * @param report a report with at least one error
	 * @param callers lines that say which methods run the scripts, possibly none
	 * @return the exception
	 */
	static LuaScriptCheckException exception(Report report, List<String> callers) {
		List<LuaScriptDefinitionException.Finding> errors = new ArrayList<>();
		Set<String> rules = new TreeSet<>();
		for (Finding finding : report.findings()) {
			if (finding.isError()) {
				rules.add(finding.id());
				errors.add(new LuaScriptDefinitionException.Finding(
						finding.file() + ":" + finding.line() + ":" + finding.column(), null,
						finding.message() + " [" + finding.id() + "]",
						(finding.hint() != null) ? finding.hint() : "Correct the script or the method"));
			}
		}
		return new LuaScriptCheckException(heading(report) + "\n" + report, errors, rules, callers);
	}

}
