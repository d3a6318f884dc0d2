package io.github.redislua.tests.values;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.annotation.EnableLuaScripts;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.autoconfigure.Lines;
import io.github.redislua.tests.autoconfigure.app.Application;
import io.github.redislua.tests.autoconfigure.app.Plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values of properties and annotations that cannot be meant.
 */
class PropertyValueTests {

	private static LocalRedis redis;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@ParameterizedTest
	@CsvSource({ "redis-lua.key-prefix, ${no.such.name}:", "redis-lua.locations, classpath:${no.such.name}/",
			"redis-lua.connection-factory, ${no.such.name}", "redis-lua.checker.commands, ${no.such.name}" })
	void aPlaceholderInAPropertyThatHasNoValueFailsTheStart(String property, String value) {
		Lines.runner(redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(property);
					assertThat(ex.getReason()).isEqualTo("Could not resolve placeholder 'no.such.name'. "
							+ "Set that property, or give a default: ${name:default}.");
				}));
	}

	@Test
	void aPlaceholderInAPropertyThatHasAValueIsTheValue() {
		Lines.runner(redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=classpath:scripts/app/", "my.app=shop",
					"redis-lua.key-prefix=${my.app}:${my.suffix:x}:")
			.run((context) -> {
				context.getBean(Plain.class).add("n", 1);
				assertThat(redis.execute("GET", "shop:x:n")).isEqualTo("1");
			});
	}

	@Test
	void aPlaceholderInAnAnnotationThatIsLeftUnresolvedIsAnError() {
		LuaRepositoryFactory lenient = LuaRepositoryFactory.offline().locations().placeholders((text) -> text).build();
		assertThatExceptionOfType(LuaScriptDefinitionException.class).isThrownBy(() -> lenient.create(Prefixed.class))
			.withMessage(Prefixed.class.getName().replace('$', '.')
					+ ": @LuaRepository(keyPrefix = \"${no.such.name}:\") does not fit: "
					+ "Could not resolve placeholder 'no.such.name'. "
					+ "Set the property, or give a default: ${name:default}");
		assertThatExceptionOfType(LuaScriptDefinitionException.class).isThrownBy(() -> lenient.create(Elsewhere.class))
			.withMessageContaining("@LuaRepository(connectionFactory = \"${no.such.name}\") does not fit: "
					+ "Could not resolve placeholder 'no.such.name'");
	}

	@Test
	void withoutSpringBootAPlaceholderThatHasNoValueIsAnErrorToo() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(RedisConnectionFactory.class, () -> {
				LettuceConnectionFactory factory = new LettuceConnectionFactory(redis.getHost(), redis.getPort());
				factory.afterPropertiesSet();
				return factory;
			});
			context.register(NowhereEnabled.class);
			assertThatExceptionOfType(LuaScriptDefinitionException.class).isThrownBy(context::refresh)
				.withMessageStartingWith(NowhereEnabled.class.getName().replace('$', '.')
						+ ": @EnableLuaScripts(basePackages = \"${no.such.name}\") does not fit: ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aPreloadTimeoutOfZeroIsNoLimit(String driver) {
		Lines.runner(redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=classpath:scripts/app/", "redis-lua.preload.timeout=0",
					"redis-lua.preload.mode=strict", "spring.data.redis.client-type=" + driver)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aNegativePreloadTimeoutIsAnError() {
		Lines.runner(redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.preload.timeout=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("redis-lua.preload.timeout");
					assertThat(ex.getValue()).isEqualTo(Duration.ofSeconds(-1));
					assertThat(ex.getReason()).isEqualTo("A timeout cannot be negative. Use 0 for no limit.");
				}));
	}

	@Test
	void aScriptOnAStaticOrAPrivateMethodIsAnErrorThatNamesIt() {
		LuaRepositoryFactory factory = LuaRepositoryFactory.offline().locations().build();
		assertThatExceptionOfType(LuaScriptDefinitionException.class).isThrownBy(() -> factory.create(Hidden.class))
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Object::toString)
				.containsExactlyInAnyOrder(
						hidden("inStatic") + ": it has @LuaScript, but it is static, and only a method without a body "
								+ "can run a script. Make it an ordinary method without a body, or remove @LuaScript",
						hidden("inPrivate") + ": it has @LuaScript, but it is private, and only a method without a "
								+ "body can run a script. Make it an ordinary method without a body, or remove @LuaScript"));
	}

	private static String hidden(String method) {
		return Hidden.class.getName().replace('$', '.') + "." + method;
	}

	@LuaRepository(keyPrefix = "${no.such.name}:")
	interface Prefixed {

		@LuaScript(source = "return KEYS[1]")
		String key(@Key String key);

	}

	@LuaRepository(connectionFactory = "${no.such.name}")
	interface Elsewhere {

		@LuaScript(source = "return KEYS[1]")
		String key(@Key String key);

	}

	interface Hidden {

		@LuaScript(source = "return 1")
		long ordinary();

		@LuaScript(source = "return 1")
		static long inStatic() {
			return 1;
		}

		@LuaScript(source = "return 1")
		private long inPrivate() {
			return 1;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableLuaScripts(basePackages = "${no.such.name}")
	static class NowhereEnabled {

	}

}
