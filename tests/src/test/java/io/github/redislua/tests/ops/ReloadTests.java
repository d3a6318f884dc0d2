package io.github.redislua.tests.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.LuaScripts;
import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.EditDescriptor;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.LuaScriptDescriptor;
import io.github.redislua.autoconfigure.LuaScriptsEndpoint.NodeState;
import io.github.redislua.autoconfigure.LuaScriptsEndpointAutoConfiguration;
import io.github.redislua.internal.config.LuaScriptsReloader;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.reload.Greetings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scripts that are changed while the application runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReloadTests {

	@TempDir
	private Path folder;

	private LocalRedis redis;

	@BeforeEach
	void start() throws IOException {
		this.redis = LocalRedis.start();
		write("return 'hello'");
	}

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void aChangedScriptIsLoadedAndRunsFromThenOn(CapturedOutput output) {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			assertThat(greetings.greet()).isEqualTo("hello");
			assertThat(byName(context)).isEqualTo("hello");
			write("return 'good morning'");
			Awaitility.await().untilAsserted(() -> assertThat(greetings.greet()).isEqualTo("good morning"));
			assertThat(greetings.greetAgain()).isEqualTo("good morning");
			assertThat(byName(context)).isEqualTo("good morning");
			assertThat(output).contains("Reloaded script 'greet' (");
			LuaScriptDescriptor script = script(context);
			assertThat(script.size()).isEqualTo("return 'good morning'".length());
			assertThat(script.reloads()).as("healings").isZero();
			assertThat(script.nodes()).containsValue(NodeState.LOADED);
			assertThat(script.methods()).hasSize(2);
			assertThat(script.lastEdit()).isNotNull();
			assertThat(script.lastEdit().applied()).isTrue();
			assertThat(this.redis.execute("SCRIPT", "EXISTS", script.sha1())).isEqualTo(List.of(1L));
		});
	}

	@Test
	void aBrokenEditKeepsTheOldScriptAndIsReported(CapturedOutput output) {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			write("return 'never finished");
			Awaitility.await().until(() -> script(context).lastEdit() != null);
			assertThat(greetings.greet()).isEqualTo("hello");
			EditDescriptor edit = script(context).lastEdit();
			assertThat(edit).isNotNull();
			assertThat(edit.applied()).isFalse();
			assertThat(edit.problem()).contains("greet.lua:1").contains("unfinished string");
			assertThat(output).containsOnlyOnce("Script 'greet' was changed in");
			assertThat(output).contains("but stays as it was").contains("unfinished string");
			write("return 'finished'");
			Awaitility.await().untilAsserted(() -> assertThat(greetings.greet()).isEqualTo("finished"));
			assertThat(output).containsOnlyOnce("but stays as it was");
		});
	}

	@Test
	void aServerThatLosesItsScriptsIsGivenTheChangedOneAndAllOthers() throws IOException {
		Files.writeString(this.folder.resolve("other.lua"), "return 'other'");
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			write("return 'changed'");
			Awaitility.await().untilAsserted(() -> assertThat(greetings.greet()).isEqualTo("changed"));
			this.redis.execute("SCRIPT", "FLUSH");
			assertThat(greetings.greet()).isEqualTo("changed");
			String other = context.getBean(LuaScripts.class).definition("other").sha1();
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.redis.execute("SCRIPT", "EXISTS", other)).isEqualTo(List.of(1L)));
		});
	}

	@Test
	void aChangeOfTheFlagsIsHeeded() {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			write("#!lua flags=no-writes\nreturn 'read only'");
			Awaitility.await().untilAsserted(() -> assertThat(greetings.greet()).isEqualTo("read only"));
			this.redis.execute("CONFIG", "RESETSTAT");
			greetings.greet();
			assertThat(String.valueOf(text(this.redis.execute("INFO", "commandstats")))).contains("evalsha_ro:calls=1");
			assertThat(context.getBean(LuaScripts.class).definition("greet").readOnly()).isTrue();
		});
	}

	@Test
	void whatTheCheckerRefusesIsNotSent(CapturedOutput output) {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			this.redis.execute("CONFIG", "RESETSTAT");
			write("return ARGV[1]");
			Awaitility.await().untilAsserted(() -> assertThat(script(context).lastEdit()).isNotNull());
			assertThat(script(context).lastEdit().applied()).isFalse();
			assertThat(script(context).lastEdit().problem()).startsWith("The script checker found 2 errors:\n")
				.contains(
						"greet.lua:1:8: error: script reads ARGV[1], but Greetings.greet() supplies no arguments [count]");
			assertThat(String.valueOf(text(this.redis.execute("INFO", "commandstats")))).doesNotContain("script|load");
			assertThat(greetings.greet()).isEqualTo("hello");
			assertThat(output).contains("but stays as it was: The script checker found 2 errors:");
			write("return 'good day', 'x'");
			Awaitility.await().untilAsserted(() -> assertThat(script(context).lastEdit().applied()).isTrue());
			assertThat(script(context).warnings()).anySatisfy((warning) -> assertThat(warning).contains("[return]"));
		});
	}

	@Test
	void aFileThatIsGoneLeavesItsScript(CapturedOutput output) {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			Files.delete(this.folder.resolve("greet.lua"));
			Awaitility.await().untilAsserted(() -> assertThat(script(context).lastEdit()).isNotNull());
			assertThat(script(context).lastEdit().applied()).isFalse();
			assertThat(script(context).lastEdit().problem()).endsWith("greet.lua is gone");
			assertThat(greetings.greet()).isEqualTo("hello");
			Thread.sleep(1500);
			assertThat(output).containsOnlyOnce("greet.lua is gone");
			write("return 'back'");
			Awaitility.await().untilAsserted(() -> assertThat(greetings.greet()).isEqualTo("back"));
		});
	}

	@Test
	void anEditWhileRedisIsAwayTakesEffectWhenItIsBack(CapturedOutput output) {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			assertThat(greetings.greet()).isEqualTo("hello");
			this.redis.kill();
			write("return 'patient'");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(output).contains("but stays as it was until a server takes it"));
			Thread.sleep(1000);
			this.redis.restart();
			Awaitility.await()
				.ignoreExceptions()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(greetings.greet()).isEqualTo("patient"));
			assertThat(output).containsOnlyOnce("but stays as it was until a server takes it");
			Awaitility.await().untilAsserted(() -> assertThat(script(context).lastEdit().applied()).isTrue());
		});
	}

	@Test
	void anEditIsTakenWhereNobodyMayLoadScripts() {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			assertThat(greetings.greet()).isEqualTo("hello");
			this.redis.execute("ACL", "SETUSER", "default", "-script|load");
			write("return 'sent with the call'");
			Awaitility.await().untilAsserted(() -> assertThat(greetings.greet()).isEqualTo("sent with the call"));
			assertThat(script(context).lastEdit().applied()).isTrue();
		});
	}

	@Test
	void callsUnderWayAreNotDisturbed() {
		run((context) -> {
			Greetings greetings = context.getBean(Greetings.class);
			CompletableFuture<?> calls = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 2000; i++) {
					assertThat(greetings.greet()).matches("hello|good day \\d");
				}
			});
			for (int i = 0; !calls.isDone() && i < 10; i++) {
				write("return 'good day " + i + "'");
				Thread.sleep(700);
			}
			calls.join();
			assertThat(script(context).errors()).isZero();
			assertThat(script(context).reloads()).isZero();
		});
	}

	@Test
	void nothingIsReadAgainByDefault() {
		runner().run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LuaScriptsReloader.class));
		runner().withPropertyValues("redis-lua.reload=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LuaScriptsReloader.class));
	}

	private void run(ContextConsumer<AssertableApplicationContext> consumer) {
		runner().withPropertyValues("redis-lua.reload=true").run((context) -> {
			assertThat(context).hasNotFailed();
			consumer.accept(context);
		});
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LuaScriptsAutoConfiguration.class, LuaScriptsEndpointAutoConfiguration.class))
			.withUserConfiguration(Greetings.Application.class)
			.withBean(LettuceConnectionFactory.class, () -> Connections.lettuce(this.redis))
			.withPropertyValues("redis-lua.locations=" + this.folder.toUri(), "spring.jmx.enabled=true",
					"management.endpoints.jmx.exposure.include=luascripts");
	}

	private static LuaScriptDescriptor script(AssertableApplicationContext context) {
		LuaScriptDescriptor script = context.getBean(LuaScriptsEndpoint.class).script("greet");
		assertThat(script).isNotNull();
		return script;
	}

	private static String byName(AssertableApplicationContext context) {
		return context.getBean(LuaScripts.class).execute("greet", String.class, List.of());
	}

	private static Object text(Object reply) {
		return (reply instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : reply;
	}

	private void write(String source) throws IOException {
		Files.writeString(this.folder.resolve("greet.lua"), source);
	}

}
