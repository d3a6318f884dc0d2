package io.github.redislua.test;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LocalRedisConfigurationTests {

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@AfterEach
	void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void runsAnApplicationInDevelopment(CapturedOutput output) {
		SpringApplication.Running running = SpringApplication.from(App::main)
			.with(LocalRedisConfiguration.class)
			.run("--spring.main.banner-mode=off");
		ConfigurableApplicationContext context = running.getApplicationContext();
		this.contexts.add(context);
		LocalRedis redis = context.getBean("localRedis", LocalRedis.class);
		template(context).opsForValue().set("key", "value");
		assertThat(redis.execute("GET", "key")).isEqualTo("value");
		assertThat(context.getEnvironment().getProperty("spring.data.redis.port", Integer.class))
			.isEqualTo(redis.getPort());
		assertThat(output.getOut().lines().filter((line) -> line.contains(".LocalRedisConfiguration "))).singleElement()
			.asString()
			.contains("INFO")
			.endsWith("Using " + redis);
	}

	@Test
	void restartsKeepTheServerEvenIfATestKilledIt() {
		LocalRedis first = run().getBean(LocalRedis.class);
		close();
		assertThat(first.isRunning()).isTrue();
		assertThat(run().getBean(LocalRedis.class)).isSameAs(first);
		first.kill();
		ConfigurableApplicationContext context = run();
		assertThat(context.getBean(LocalRedis.class)).isSameAs(first);
		assertThat(template(context).hasKey("key")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void credentialsOfAnotherServerDoNotMatter(String driver) {
		ConfigurableApplicationContext context = run("--spring.data.redis.client-type=" + driver,
				"--spring.data.redis.username=app", "--spring.data.redis.password=secret",
				"--spring.data.redis.ssl.enabled=true", "--spring.data.redis.database=3");
		template(context).opsForValue().set("driver", driver);
		assertThat(context.getBean(LocalRedis.class).execute("EXISTS", "driver")).isEqualTo(0L);
		assertThat(template(context).opsForValue().get("driver")).isEqualTo(driver);
	}

	@Test
	void theApplicationsOwnPropertiesWin() {
		ConfigurableApplicationContext context = run("--spring.data.redis.host=example.org");
		assertThat(context.getBeanNamesForType(LocalRedis.class)).isEmpty();
		assertThat(context.getEnvironment().getProperty("spring.data.redis.host")).isEqualTo("example.org");
		assertThat(context.getEnvironment().getProperty("spring.data.redis.port")).isNull();
	}

	private static StringRedisTemplate template(ConfigurableApplicationContext context) {
		return context.getBean(StringRedisTemplate.class);
	}

	private ConfigurableApplicationContext run(String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class, LocalRedisConfiguration.class)
			.web(WebApplicationType.NONE)
			.run(arguments);
		this.contexts.add(context);
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

		static void main(String[] args) {
			new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE).run(args);
		}

	}

}
