package io.github.redislua.tests.ops;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.redislua.LuaScripts;
import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the log says, and what it does not.
 */
class LoggingTests {

	private static final String CALLED = "Called script 'ratelimit/take' \\([0-9a-f]{40}\\) in \\d+\\.\\d{3} ms";

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.redislua");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private LocalRedis redis;

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(null);
		this.redis.close();
	}

	@Test
	void theStartIsOneLine() {
		run((context) -> assertThat(lines()).singleElement()
			.asString()
			.matches("Loaded 5 Lua scripts \\(5 new\\) on 1 node in \\d+ ms"));
		this.appender.list.clear();
		run((context) -> assertThat(lines()).singleElement()
			.asString()
			.matches("Loaded 5 Lua scripts \\(0 new\\) on 1 node in \\d+ ms"));
	}

	@Test
	void callsAreSilent() {
		runQuiet((context) -> {
			Buckets buckets = context.getBean(Buckets.class);
			buckets.take("sesame", 1);
			assertThatException().isThrownBy(() -> buckets.refuse("sesame", "open"));
			assertThat(lines()).isEmpty();
		});
	}

	@Test
	void atDebugACallIsOneLineWithScriptAndDigestAndDuration() {
		this.logger.setLevel(Level.DEBUG);
		runQuiet((context) -> {
			Buckets buckets = context.getBean(Buckets.class);
			buckets.take("sesame", 1);
			assertThat(lines()).singleElement().asString().matches(CALLED);
			buckets.takeLater("sesame", 1).join();
			buckets.takeOnSubscription("sesame", 1).block();
			context.getBean(LuaScripts.class).pipelined(() -> buckets.take("sesame", 1));
			assertThat(lines()).hasSize(4).allMatch((line) -> line.matches(CALLED));
			assertThatException().isThrownBy(() -> buckets.refuse("sesame", "open"));
			assertThat(lines()).hasSize(5).noneMatch((line) -> line.contains("sesame") || line.contains("open"));
		});
	}

	@Test
	void aPipelineThatFailsHasItsLinesToo() {
		this.logger.setLevel(Level.DEBUG);
		run(() -> Connections.lettuce(this.redis, Duration.ofMillis(500)), (context) -> {
			Buckets buckets = context.getBean(Buckets.class);
			buckets.take("sesame", 1);
			this.appender.list.clear();
			this.redis.kill();
			assertThatException().isThrownBy(() -> context.getBean(LuaScripts.class).pipelined(() -> {
				buckets.take("sesame", 1);
				buckets.take("sesame", 1);
			}));
			assertThat(lines()).hasSize(2).allMatch((line) -> line.matches(CALLED));
		});
	}

	@Test
	void healingIsALineAtMostOnceAScriptAndMinute() {
		runQuiet((context) -> {
			Buckets buckets = context.getBean(Buckets.class);
			for (int i = 0; i < 3; i++) {
				this.redis.execute("SCRIPT", "FLUSH");
				buckets.take("sesame", 1);
			}
			assertThat(lines()).singleElement()
				.asString()
				.matches("Loaded script 'ratelimit/take' \\([0-9a-f]{40}\\) on 127.0.0.1:" + this.redis.getPort()
						+ ", which did not know it");
			assertThat(this.appender.list).allMatch((event) -> event.getLevel() == Level.INFO);
		});
	}

	private void runQuiet(ContextConsumer<AssertableApplicationContext> consumer) {
		run((context) -> {
			this.appender.list.clear();
			consumer.accept(context);
		});
	}

	private void run(ContextConsumer<AssertableApplicationContext> consumer) {
		run(() -> Connections.lettuce(this.redis), consumer);
	}

	private void run(Supplier<RedisConnectionFactory> connections,
			ContextConsumer<AssertableApplicationContext> consumer) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LuaScriptsAutoConfiguration.class))
			.withUserConfiguration(OpsPackage.class)
			.withBean(RedisConnectionFactory.class, connections)
			.withPropertyValues("redis-lua.locations=classpath:scripts/ops/")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				consumer.accept(context);
			});
	}

	private List<String> lines() {
		return List.copyOf(this.appender.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
