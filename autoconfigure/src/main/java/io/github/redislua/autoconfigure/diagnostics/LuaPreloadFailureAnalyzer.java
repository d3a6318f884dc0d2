package io.github.redislua.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.redislua.internal.config.LuaPreloadException;

/**
 * Reports nodes that cannot be loaded where that is asked for.
 */
class LuaPreloadFailureAnalyzer extends AbstractFailureAnalyzer<LuaPreloadException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LuaPreloadException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				cause.getAction() + " To start without it, set redis-lua.preload.mode=lenient: scripts are "
						+ "then loaded when they are called.",
				cause);
	}

}
