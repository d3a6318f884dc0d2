package io.github.redislua.tests.slice;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application in development, with a Redis of its own.
 */
class DevelopmentTests {

	@Test
	void anApplicationRunsWithALocalRedis() {
		try (ConfigurableApplicationContext context = SpringApplication.from(SliceApplication::main)
			.with(LocalRedisConfiguration.class)
			.run()
			.getApplicationContext()) {
			context.getBean(LocalRedis.class).execute("DEL", "development");
			assertThat(context.getBean(CounterService.class).countUp("development")).isEqualTo(1);
			assertThat(context.getBean(Counters.class).add("development", 2)).isEqualTo(3);
		}
	}

}
