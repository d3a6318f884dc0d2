package io.github.redislua.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.lint.Finding;
import io.github.redislua.lint.Rule;

/**
 * Reports what the script checker found.
 */
class LuaScriptCheckFailureAnalyzer extends AbstractFailureAnalyzer<LuaScriptCheckException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LuaScriptCheckException cause) {
		String lineSeparator = System.lineSeparator();
		String description = LuaScriptCheckException.heading(cause.getReport()) + lineSeparator + lineSeparator
				+ cause.getReport().toString().replace("\n", lineSeparator);
		if (!cause.getCallers().isEmpty()) {
			description += lineSeparator + lineSeparator + String.join(lineSeparator, cause.getCallers());
		}
		return new FailureAnalysis(description, Lines.bullets(actions(cause)), cause);
	}

	private static List<String> actions(LuaScriptCheckException cause) {
		Set<Rule> rules = new TreeSet<>();
		Set<String> suppressible = new TreeSet<>();
		for (Finding finding : cause.getReport().findings()) {
			if (finding.isError()) {
				rules.add(finding.rule());
				if (finding.rule().isSuppressible()) {
					suppressible.add(finding.id());
				}
			}
		}
		List<String> actions = new ArrayList<>();
		actions.add("Correct the scripts, or the methods that run them, and start again");
		known(rules, Rule.GLOBAL_READ, "global variable", "globals", actions);
		known(rules, Rule.SHEBANG, "flag", "flags", actions);
		if (!suppressible.isEmpty()) {
			String ids = String.join(", ", suppressible);
			actions.add("What is meant to be so can be allowed: by a comment '-- luascript:allow " + ids
					+ "' behind the line or at the top of the script, or for all scripts by redis-lua.checker.suppress="
					+ String.join(",", suppressible));
		}
		actions.add("With redis-lua.verify=warn this is logged, and the application starts");
		return actions;
	}

	private static void known(Set<Rule> rules, Rule rule, String noun, String property, List<String> actions) {
		if (rules.contains(rule)) {
			actions.add("If your servers have such a " + noun + ", name it in redis-lua.checker." + property);
		}
	}

}
