package io.github.redislua.test;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that there is no server program.
 */
final class LocalRedisFailureAnalyzer extends AbstractFailureAnalyzer<LocalRedisUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LocalRedisUnavailableException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Say which Redis to use (spring.data.redis.host and spring.data.redis.port), or give the application a "
						+ "local one: set REDIS_SERVER to the path of a redis-server, put one on the PATH, or add "
						+ "org.signal:embedded-redis to the class path.",
				cause);
	}

}
