package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * Findings in short: {@code line rule severity}.
 */
final class Check {

	private Check() {
	}

	static List<Finding> findings(String script) {
		return ScriptChecker.create().check(ScriptSource.of("test.lua", script)).findings();
	}

	static List<Finding> cluster(String script) {
		return ScriptChecker.builder().cluster(true).build().check(ScriptSource.of("test.lua", script)).findings();
	}

	static List<Finding> contract(String script, MethodContract contract) {
		return ScriptChecker.create().check(ScriptSource.of("test.lua", script)).against(contract);
	}

	static ScriptFacts facts(String script) {
		return ScriptChecker.create().check(ScriptSource.of("test.lua", script)).facts();
	}

	// Errors and warnings as line:rule or line:rule! for an error.
	static List<String> brief(List<Finding> findings) {
		List<String> result = new ArrayList<>();
		for (Finding finding : findings) {
			if (finding.severity() != Severity.INFO) {
				result.add(finding.line() + ":" + finding.id() + (finding.isError() ? "!" : ""));
			}
		}
		return result;
	}

	static List<String> brief(String script) {
		return brief(findings(script));
	}

}
