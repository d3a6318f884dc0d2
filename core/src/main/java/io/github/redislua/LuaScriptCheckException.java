package io.github.redislua;

import java.util.List;
import java.util.Set;

/**
 * The script checker found errors in scripts that methods run, or between them and the
 * methods. Nothing was sent.
 */
@SuppressWarnings("serial")
public final class LuaScriptCheckException extends LuaScriptDefinitionException {

	private final String report;

	private final Set<String> rules;

	private final List<String> callers;

	/**
	 * Create a new exception.
	 * @param report everything that was found, for people to read
	 * @param errors the errors, at least one
	 * @param rules the ids of the checker rules that the errors break
	 * @param callers lines that say which methods run the scripts, possibly none
	 */
	public LuaScriptCheckException(String report, List<Finding> errors, Set<String> rules, List<String> callers) {
		super(report + lines(callers), errors);
		this.report = report;
		this.rules = Set.copyOf(rules);
		this.callers = List.copyOf(callers);
	}

	/**
	 * Everything that the checker found, warnings too: a heading with the number of
	 * errors and warnings, then each finding with its file, its line and a hint.
	 * @return text of several lines
	 */
	public String getReport() {
		return this.report;
	}

	/**
	 * The rules that the errors break.
	 * @return the ids of the rules, such as {@code count}
	 */
	public Set<String> getRules() {
		return this.rules;
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

	private static String lines(List<String> callers) {
		return callers.isEmpty() ? "" : "\n" + String.join("\n", callers);
	}

}
