package io.github.redislua.tests.aot;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.redislua.LuaScripts;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.internal.script.ScriptIndex;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.aot.blocking.BlockingApplication;
import io.github.redislua.tests.aot.blocking.BlockingScripts;
import io.github.redislua.tests.aot.broken.BrokenApplication;
import io.github.redislua.tests.aot.everything.AotApplication;
import io.github.redislua.tests.aot.everything.Everything;
import io.github.redislua.tests.aot.everything.Everything.Cart;
import io.github.redislua.tests.aot.everything.Everything.Color;
import io.github.redislua.tests.aot.everything.Everything.Reservation;
import io.github.redislua.tests.aot.everything.Everything.SoldOutException;
import io.github.redislua.tests.aot.everything.Preferred;
import io.github.redislua.tests.aot.plain.PlainApplication;
import io.github.redislua.tests.aot.plain.PlainScripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application that was processed ahead of time does the same, on an ordinary JVM; and
 * a native image is told what it needs.
 */
@Tag("long")
@CompileWithForkedClassLoader
class AotTests {

	private static final String[] SCRIPTS = { "redis-lua.locations=classpath:aot-scripts/" };

	private static LocalRedis redis;

	@BeforeAll
	static void start() {
		redis = LocalRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@Test
	void generatedCodeMakesRepositoriesThatWork() throws IOException {
		processed(AotApplication.class, "lettuce", (context, hints) -> {
			redis.execute("SET", "aot:book", "3");
			everythingWorks(context.getBean(Everything.class));
			assertThat(context.getBean(LuaScripts.class).definition("scripts/aot/reserve").location())
				.isEqualTo("class path resource [aot-scripts/scripts/aot/reserve.lua]");
			beansAreWhatTheirAnnotationsSay(context);
		});
	}

	@Test
	void onJedisToo() throws IOException {
		processed(BlockingApplication.class, "jedis", (context, hints) -> {
			redis.execute("SET", "aot:book", "3");
			assertThat(context.getBean(BlockingScripts.class).reserve("book", 2))
				.isEqualTo(new BlockingScripts.Reservation(true, 1));
		});
	}

	@Test
	void withoutSpringBootToo() throws IOException {
		redis.execute("SET", "book", "3");
		processed(PlainApplication.class, "lettuce",
				(context, hints) -> assertThat(context.getBean(PlainScripts.class).left("book")).isEqualTo(3));
	}

	@Test
	void aNativeImageIsToldWhatItNeeds() throws IOException {
		processed(AotApplication.class, "lettuce", (context, hints) -> {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Everything.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.proxies()
				.forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(Everything.class))).accepts(hints);
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(LuaScript.class)).accepts(hints);
			assertInvocable(hints, Everything.class, "reserve");
			assertInvocable(hints, Everything.class, "twice");
			for (Class<?> bound : List.of(Reservation.class, Cart.class, Color.class)) {
				assertThat(RuntimeHintsPredicates.reflection().onType(bound)).accepts(hints);
			}
			assertInvocable(hints, Cart.class, "items");
			assertThat(hints.reflection().getTypeHint(SoldOutException.class)).isNotNull();
			assertInvocable(hints, JedisConnectionFactory.class, "fetchJedisConnector");
			assertThat(RuntimeHintsPredicates.resource().forResource("aot-scripts/scripts/aot/reserve.lua"))
				.accepts(hints);
			assertThat(RuntimeHintsPredicates.resource().forResource("aot-scripts/scripts/aot/other.lua"))
				.rejects(hints);
			assertThat(RuntimeHintsPredicates.resource().forResource(ScriptIndex.LOCATION)).accepts(hints);
		});
	}

	@Test
	void anErrorInAScriptFailsTheBuild() {
		assertThatException().isThrownBy(() -> processed(BrokenApplication.class, "lettuce", (context, hints) -> {
		}))
			.withStackTraceContaining(
					"script reads ARGV[2], but BrokenScripts.store(String,String) supplies 1 argument");
	}

	// What asks for it has another name since Spring Framework 7.
	private static void assertInvocable(RuntimeHints hints, Class<?> type, String method) {
		assertThat(hints.reflection().getTypeHint(type)).isNotNull()
			.satisfies((hint) -> assertThat(hint.methods()).anyMatch(
					(candidate) -> candidate.getName().equals(method) && candidate.getMode() == ExecutableMode.INVOKE));
	}

	private static void everythingWorks(Everything everything) {
		Cart cart = new Cart("7", 3);
		assertThat(everything.reserve("book", 2)).isEqualTo(new Reservation(true, 1));
		assertThat(everything.reserve("book", 2)).isEqualTo(new Reservation(false, 1));
		long count = everything.count(cart);
		assertThat(everything.twice(cart)).isEqualTo(count + 2);
		assertThat(everything.echo(cart)).isEqualTo(cart);
		assertThat(everything.fields("7")).isEqualTo(cart);
		assertThat(everything.map()).isEqualTo(Map.of("a", 1, "b", 2));
		assertThat(everything.colors(List.of(Color.RED, Color.GREEN))).containsExactly(Color.RED, Color.GREEN);
		assertThat(everything.nothing()).isEmpty();
		assertThatExceptionOfType(SoldOutException.class).isThrownBy(everything::refuse).withMessage("nothing left");
		long first = everything.later("n").join();
		assertThat(everything.mono("n").block()).isEqualTo(first + 1);
		assertThat(everything.flux().collectList().block()).containsExactly(1, 2, 3);
		assertThat(everything).hasToString("Lua repository " + Everything.class.getName());
	}

	private static void beansAreWhatTheirAnnotationsSay(ConfigurableApplicationContext context) {
		BeanDefinition preferred = context.getBeanFactory().getBeanDefinition("preferred");
		assertThat(preferred.isPrimary()).isTrue();
		assertThat(preferred.isLazyInit()).isTrue();
		assertThat(context.getBeanFactory().containsSingleton("preferred")).isFalse();
		assertThat(context.getBean(Preferred.class).which()).isEqualTo("preferred");
		Class<?> named = io.github.redislua.tests.aot.everything.LuaScripts.class;
		assertThat(context.getBeanNamesForType(named)).containsExactly(named.getName());
	}

	// Processes an application, and starts it from the code that was generated.
	private static void processed(Class<?> application, String driver,
			BiConsumer<ConfigurableApplicationContext, RuntimeHints> check) throws IOException {
		TestGenerationContext generation = new TestGenerationContext(AotTests.class);
		AnnotationConfigApplicationContext original = new AnnotationConfigApplicationContext();
		original.register(application);
		properties(driver).applyTo(original);
		String initializer = new ApplicationContextAotGenerator().processAheadOfTime(original, generation).toString();
		generation.writeGeneratedContent();
		if (application != PlainApplication.class) {
			assertThat(generation.getGeneratedFiles().getGeneratedFileContent(Kind.RESOURCE, ScriptIndex.LOCATION))
				.isEqualTo("classpath:aot-scripts/\taot-scripts/scripts/aot/reserve.lua\n");
		}
		System.setProperty("spring.aot.enabled", "true");
		try {
			TestCompiler.forSystem().with(generation).compile((compiled) -> {
				try (GenericApplicationContext fresh = new GenericApplicationContext()) {
					fresh.setClassLoader(compiled.getClassLoader());
					properties(driver).applyTo(fresh);
					initializer(compiled.getInstance(ApplicationContextInitializer.class, initializer))
						.initialize(fresh);
					fresh.refresh();
					check.accept(fresh, generation.getRuntimeHints());
				}
			});
		}
		finally {
			System.clearProperty("spring.aot.enabled");
		}
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericApplicationContext> initializer(
			ApplicationContextInitializer<?> initializer) {
		return (ApplicationContextInitializer<GenericApplicationContext>) initializer;
	}

	private static TestPropertyValues properties(String driver) {
		return TestPropertyValues.of(SCRIPTS)
			.and("spring.data.redis.client-type=" + driver, "spring.data.redis.host=" + redis.getHost(),
					"spring.data.redis.port=" + redis.getPort(), "spring.main.lazy-initialization=false");
	}

}
