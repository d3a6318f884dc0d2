package io.github.redislua.samples.quickstart;

import org.springframework.boot.SpringApplication;

import io.github.redislua.test.LocalRedisConfiguration;

/**
 * The application with a real Redis beside it, for development.
 */
public class TestQuickstartApplication {

	public static void main(String[] args) {
		SpringApplication.from(QuickstartApplication::main).with(LocalRedisConfiguration.class).run(args);
	}

}
