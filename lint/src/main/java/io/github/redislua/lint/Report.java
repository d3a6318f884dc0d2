package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import io.github.redislua.lint.report.JsonReport;

/**
 * Findings of any number of scripts, sorted by file, line and column, without doubles.
 */
public final class Report {

	private final List<Finding> findings;

	private Report(List<Finding> findings) {
		this.findings = findings;
	}

	/**
	 * A report of findings in any order.
	 * @param findings the findings
	 * @return the report
	 */
	public static Report of(Collection<Finding> findings) {
		List<Finding> sorted = new ArrayList<>(findings);
		Collections.sort(sorted);
		List<Finding> result = new ArrayList<>(sorted.size());
		Finding previous = null;
		for (Finding finding : sorted) {
			// Not equals(): a record's is linked when it is first called, which costs
			// more than all of this.
			if (previous == null || finding.compareTo(previous) != 0) {
				result.add(finding);
			}
			previous = finding;
		}
		return new Report(Collections.unmodifiableList(result));
	}

	/**
	 * The findings in order.
	 * @return the findings
	 */
	public List<Finding> findings() {
		return this.findings;
	}

	/**
	 * How many findings have a severity.
	 * @param severity the severity
	 * @return the number
	 */
	public int count(Severity severity) {
		int count = 0;
		for (Finding finding : this.findings) {
			count += (finding.severity() == severity) ? 1 : 0;
		}
		return count;
	}

	/**
	 * Whether there is an error.
	 * @return whether there is an error
	 */
	public boolean hasErrors() {
		return count(Severity.ERROR) > 0;
	}

	/**
	 * Fails a test if there is an error.
	 * @throws AssertionError with the report as its message
	 */
	public void assertNoErrors() {
		if (hasErrors()) {
			throw new AssertionError("The script checker found errors:\n" + this);
		}
	}

	/**
	 * Whether nothing was found.
	 * @return whether nothing was found
	 */
	public boolean isEmpty() {
		return this.findings.isEmpty();
	}

	/**
	 * The report as JSON: an object with {@code findings}, {@code errors},
	 * {@code warnings} and {@code infos}.
	 * @return JSON text
	 */
	public String toJson() {
		return JsonReport.json(this.findings);
	}

	/**
	 * The report in the Static Analysis Results Interchange Format 2.1.0.
	 * @return JSON text
	 */
	public String toSarif() {
		return JsonReport.sarif(this.findings);
	}

	/**
	 * The report as people read it, an empty string if nothing was found.
	 * @return text, without a line break at the end
	 */
	@Override
	public String toString() {
		StringBuilder out = new StringBuilder();
		for (Finding finding : this.findings) {
			if (out.length() > 0) {
				out.append('\n');
			}
			finding.appendTo(out);
		}
		return out.toString();
	}

}
