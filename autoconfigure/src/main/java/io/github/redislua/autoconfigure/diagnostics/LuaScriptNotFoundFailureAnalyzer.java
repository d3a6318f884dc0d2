package io.github.redislua.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.redislua.LuaScriptNotFoundException;

/**
 * Reports scripts that are missing.
 */
class LuaScriptNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<LuaScriptNotFoundException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LuaScriptNotFoundException cause) {
		StringBuilder action = new StringBuilder();
		if (!cause.getNearestNames().isEmpty()) {
			action.append("Name one of the scripts that are spelt alike (")
				.append(String.join(", ", cause.getNearestNames()))
				.append("), or create ");
		}
		else {
			action.append("Create ");
		}
		action.append("the missing file below ")
			.append(cause.getLocations())
			.append(". A script's name is its path below that, without '.lua'; redis-lua.locations says where to look.");
		return new FailureAnalysis(String.valueOf(cause.getMessage()), action.toString(), cause);
	}

}
