package io.github.redislua.test;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class LocalRedisFailureAnalyzerTests {

	@Test
	void saysWhatWasLookedForAndWhatToDo() {
		FailureAnalysis analysis = new LocalRedisFailureAnalyzer()
			.analyze(new IllegalStateException(new LocalRedisUnavailableException("Looked here and there")));
		assertThat(analysis.getDescription()).isEqualTo("Looked here and there");
		assertThat(analysis.getAction()).contains("spring.data.redis.host", "REDIS_SERVER", "embedded-redis");
	}

	@Test
	void isRegistered() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, (type, name, failure) -> {
			})).hasAtLeastOneElementOfType(LocalRedisFailureAnalyzer.class);
	}

}
