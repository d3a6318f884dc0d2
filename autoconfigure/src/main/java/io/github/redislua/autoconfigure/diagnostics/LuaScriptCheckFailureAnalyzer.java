package io.github.redislua.autoconfigure.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.lint.Rule;

/**
 * Reports what the script checker found.
 */
class LuaScriptCheckFailureAnalyzer extends AbstractFailureAnalyzer<LuaScriptCheckException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LuaScriptCheckException cause) {
		String lineSeparator = System.lineSeparator();
		String description = cause.getReport().replaceFirst("\n", "\n\n").replace("\n", lineSeparator);
		if (!cause.getCallers().isEmpty()) {
			description += lineSeparator + lineSeparator + String.join(lineSeparator, cause.getCallers());
		}
		return new FailureAnalysis(description, Lines.bullets(actions(cause)), cause);
	}

	private static List<String> actions(LuaScriptCheckException cause) {
		Set<String> rules = new TreeSet<>(cause.getRules());
		Set<String> allowable = new TreeSet<>();
		for (String id : rules) {
			Rule rule = Rule.of(id);
			if (rule != null && rule.isSuppressible()) {
				allowable.add(id);
			}
		}
		List<String> actions = new ArrayList<>();
		actions.add("Correct the scripts, or the methods that run them, and start again");
		known(rules, Rule.GLOBAL_READ, "global variable", "globals", actions);
		known(rules, Rule.SHEBANG, "flag", "flags", actions);
		if (!allowable.isEmpty()) {
			String ids = String.join(", ", allowable);
			actions.add("What is meant to be so can be allowed: by a comment '-- luascript:allow " + ids
					+ "' behind the line or at the top of the script, or for all scripts by redis-lua.checker.allow="
					+ String.join(",", allowable));
		}
		actions.add("With redis-lua.checker.mode=warn this is logged, and the application starts");
		return actions;
	}

	private static void known(Set<String> rules, Rule rule, String noun, String property, List<String> actions) {
		if (rules.contains(rule.id())) {
			actions.add("If your servers have such a " + noun + ", name it in redis-lua.checker." + property);
		}
	}

}
