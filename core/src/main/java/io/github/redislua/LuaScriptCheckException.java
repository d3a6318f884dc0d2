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

	private final List<String> callers;

	/**
	 * Create a new exception.
	 * @param report a report with at least one error
	 */
	public LuaScriptCheckException(Report report) {
		this(report, List.of());
	}

	/**
	 * Create a new exception that says which methods run the scripts.
	 * @param report a report with at least one error
	 * @param callers a line for each script of the report
	 */
	public LuaScriptCheckException(Report report, List<String> callers) {
		super(heading(report) + "\n" + report + lines(callers), errors(report));
		this.report = report;
		this.callers = List.copyOf(callers);
	}

	/**
	 * Everything that was found, warnings too.
	 * @return the report
	 */
	public Report getReport() {
		return this.report;
	}

	/**
	 * Which methods run the scripts, where that is known: a line such as
	 * {@code lua/reserve.lua is run by com.acme.Stock.reserve(String)} for each script of
	 * the report.
	 * @return the lines
	 */
	public List<String> getCallers() {
		return this.callers;
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

	private static String lines(List<String> callers) {
		return callers.isEmpty() ? "" : "\n" + String.join("\n", callers);
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
