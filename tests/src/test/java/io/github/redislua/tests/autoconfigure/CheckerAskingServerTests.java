package io.github.redislua.tests.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScripts;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.tests.preload.Application;
import io.github.redislua.tests.preload.Stock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the script checker does not know, the server in use does.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckerAskingServerTests {

	@TempDir
	private Path folder;

	private LocalRedis redis;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() throws IOException {
		// To the checker this is a command that a module has.
		this.redis = LocalRedis.builder().option("rename-command", "INCRBY", "STOCK.INCRBY").start();
		write("reserve.lua", "return redis.call('STOCK.INCRBY', KEYS[1], ARGV[1])");
		this.runner = Lines.runner(this.redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=file:" + this.folder + "/");
	}

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aCommandThatTheServerHasIsNoFinding(String driver, CapturedOutput output) {
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			assertThat(output.getAll()).doesNotContain("script checker").doesNotContain(" WARN ");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aCommandThatTheServerDoesNotHaveFailsTheStart(String driver, CapturedOutput output) throws IOException {
		write("reserve.lua", "return redis.call('GTE', KEYS[1], ARGV[1])");
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(LuaScriptCheckException.class)
				.hasMessage("""
						The script checker found 1 error:
						%1$s/reserve.lua:1:19: error: the server does not know the command 'GTE' [unknown-command]
						   1 | return redis.call('GTE', KEYS[1], ARGV[1])
						     |                   ^~~~~
						     = did you mean GET?
						%1$s/reserve.lua is run by %2$s.reserve(String, int)""".formatted(this.folder,
						Stock.class.getName().replace('$', '.')));
			assertThat(output.getAll()).doesNotContain("ScriptVerifier");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void inAScriptThatNoMethodRunsItIsLogged(String driver, CapturedOutput output) throws IOException {
		write("other.lua", "return redis.call('GTE', KEYS[1])");
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll()).containsOnlyOnce(" WARN ")
				.contains("The script checker found 1 error:")
				.contains("other.lua:1:19: error: ");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void theServerKnowsTheNumberOfArguments(String driver) throws IOException {
		write("reserve.lua", "return redis.call('STOCK.INCRBY', KEYS[1], ARGV[1], 1)");
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(LuaScriptCheckException.class)
				.hasMessageContaining("[arity]");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void theQuestionTakesNoTripOfItsOwn(String driver) throws IOException {
		for (int i = 0; i < 30; i++) {
			write("many/script" + i + ".lua", "return redis.call('GET', KEYS[1])");
		}
		try (RoundTrips line = new RoundTrips(this.redis)) {
			this.runner.withPropertyValues(driver(driver), "spring.data.redis.port=" + line.getPort())
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(line.with("COMMAND")).singleElement()
				.asString()
				.contains("EXISTS", "INFO", "GET", "STOCK.INCRBY");
			assertThat(calls("command|info")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "lettuce, false", "jedis, false", "lettuce, true", "jedis, true" })
	void aServerThatForbidsTheQuestionChangesNothing(String driver, boolean exists, CapturedOutput output) {
		this.redis.execute("ACL", "SETUSER", "shop", "on", ">secret", "~*", "+@all", "-command",
				exists ? "+script|exists" : "-script|exists");
		this.runner
			.withPropertyValues(driver(driver), "spring.data.redis.username=shop", "spring.data.redis.password=secret")
			.run((context) -> {
				assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
				assertThat(output.getAll()).containsOnlyOnce(" WARN ")
					.contains("The script checker found 1 warning:")
					.contains("warning: STOCK.INCRBY exists only where its module is loaded [version]");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void withoutPreloadNothingIsAsked(String driver, CapturedOutput output) {
		this.runner.withPropertyValues(driver(driver), "redis-lua.preload.mode=none").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(calls("command|info")).isZero();
			assertThat(output.getAll())
				.contains("warning: STOCK.INCRBY exists only where its module is loaded [version]");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whereNothingIsCheckedNothingIsAsked(String driver) {
		this.runner.withPropertyValues(driver(driver), "redis-lua.checker.mode=none").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(calls("command|info")).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aPreloadLaterOnDoesNotAsk(String driver) {
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			context.getBean(LuaScripts.class).preload();
			assertThat(calls("script|exists")).isEqualTo(2);
			assertThat(calls("command|info")).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void ofAClusterOneNodeIsAsked(String driver) throws IOException {
		write("reserve.lua", "return redis.call('GTE', KEYS[1], ARGV[1])");
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			this.runner
				.withPropertyValues(driver(driver),
						"spring.data.redis.cluster.nodes=" + String.join(",", cluster.getSeedNodes()))
				.run((context) -> {
					assertThat(context).hasFailed();
					assertThat(context.getStartupFailure()).isInstanceOf(LuaScriptCheckException.class);
					assertThat(cluster.getNodes().stream().mapToLong((node) -> calls(node, "command|info")).sum())
						.isEqualTo(1);
				});
		}
	}

	private void write(String path, String content) throws IOException {
		Path file = this.folder.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	private static String driver(String name) {
		return "spring.data.redis.client-type=" + name;
	}

	private long calls(String command) {
		return calls(this.redis, command);
	}

	private static long calls(LocalRedis redis, String command) {
		String prefix = "cmdstat_" + command + ":calls=";
		return String.valueOf(redis.execute("INFO", "commandstats"))
			.lines()
			.filter((line) -> line.startsWith(prefix))
			.map((line) -> line.substring(prefix.length(), line.indexOf(',')))
			.mapToLong(Long::parseLong)
			.findFirst()
			.orElse(0);
	}

}
