package io.github.redislua.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.redislua.LuaScriptExecutionException;

/**
 * Reports scripts that Redis refuses at start-up.
 */
class LuaScriptExecutionFailureAnalyzer extends AbstractFailureAnalyzer<LuaScriptExecutionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LuaScriptExecutionException cause) {
		StringBuilder description = new StringBuilder("Redis refuses a Lua script:").append(System.lineSeparator());
		add(description, cause);
		for (Throwable other : cause.getSuppressed()) {
			if (other instanceof LuaScriptExecutionException refused) {
				add(description, refused);
			}
		}
		String place = (cause.getLocation() != null) ? cause.getLocation() : "script '" + cause.getScriptName() + "'";
		return new FailureAnalysis(description.toString(), "Correct " + place + " and start again.", cause);
	}

	private static void add(StringBuilder description, LuaScriptExecutionException refused) {
		String.valueOf(refused.getMessage())
			.lines()
			.forEach((line) -> description.append(System.lineSeparator()).append("    ").append(line));
	}

}
