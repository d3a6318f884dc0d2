package io.github.redislua.autoconfigure.diagnostics;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;

/**
 * Reports interfaces and scripts that do not fit.
 */
class LuaScriptDefinitionFailureAnalyzer extends AbstractFailureAnalyzer<LuaScriptDefinitionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LuaScriptDefinitionException cause) {
		if (cause instanceof LuaScriptCheckException) {
			// Has a report of its own.
			return null;
		}
		StringBuilder description = new StringBuilder("Lua scripts and the Java methods that call them do not fit:")
			.append(System.lineSeparator());
		Set<String> actions = new LinkedHashSet<>();
		for (Finding finding : cause.getFindings()) {
			description.append(System.lineSeparator()).append("    ").append(finding.place());
			if (finding.script() != null) {
				description.append(" (script '").append(finding.script()).append("')");
			}
			description.append(System.lineSeparator()).append("        ").append(finding.problem());
			actions.add(finding.action());
		}
		return new FailureAnalysis(description.toString(), Lines.bullets(actions), cause);
	}

}
