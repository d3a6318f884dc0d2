package io.github.redislua;

import java.util.ArrayList;
import java.util.List;

import io.github.redislua.lint.Report;
import io.github.redislua.lint.Severity;

/**
 * The script checker found errors in scripts that methods run, or between them and the
 * methods. Nothing was sent.
 */
@SuppressWarnings("serial")
public final class LuaScriptCheckException extends LuaScriptDefinitionException {

	private final Report report;

	/**
	 * Create a new exception.
	 * @param report a report with at least one error
	 */
	public LuaScriptCheckException(Report report) {
		super(heading(report) + "\n" + report, errors(report));
		this.report = report;
	}

	/**
	 * Everything that was found, warnings too.
	 * @return the report
	 */
	public Report getReport() {
		return this.report;
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

	private static List<Finding> errors(Report report) {
		List<Finding> errors = new ArrayList<>();
		for (io.github.redislua.lint.Finding finding : report.findings()) {
			if (finding.isError()) {
				errors.add(new Finding(finding.file() + ":" + finding.line() + ":" + finding.column(), null,
						finding.message() + " [" + finding.id() + "]",
						(finding.hint() != null) ? finding.hint() : "Correct the script or the method"));
			}
		}
		return errors;
	}

}
