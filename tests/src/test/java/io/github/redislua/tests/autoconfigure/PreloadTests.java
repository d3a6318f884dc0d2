package io.github.redislua.tests.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;

import io.github.redislua.LuaScriptDefinition;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScripts;
import io.github.redislua.internal.config.LuaPreloadException;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.tests.preload.Application;
import io.github.redislua.tests.preload.Stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

/**
 * Loading of scripts at start-up.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PreloadTests {

	@TempDir
	private Path folder;

	private LocalRedis redis;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() throws IOException {
		this.redis = LocalRedis.start();
		write("lua/reserve.lua", "return redis.call('INCRBY', KEYS[1], ARGV[1])");
		this.runner = Lines.runner(this.redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=" + location("lua"));
	}

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void manyScriptsTakeTwoRoundTrips(String driver) throws IOException {
		for (int i = 0; i < 30; i++) {
			write("lua/many/script" + i + ".lua", "return " + i);
		}
		try (RoundTrips line = new RoundTrips(this.redis)) {
			ApplicationContextRunner runner = this.runner.withPropertyValues(driver(driver),
					"spring.data.redis.port=" + line.getPort());
			runner.run((context) -> assertThat(context).hasNotFailed());
			assertThat(calls("script|exists")).isEqualTo(1);
			assertThat(calls("script|load")).isEqualTo(31);
			assertThat(line.with("EXISTS")).hasSize(1);
			assertThat(line.with("LOAD")).hasSize(1);
			assertThat(calls("eval")).isZero();
			runner.run((context) -> assertThat(context).hasNotFailed());
			assertThat(calls("script|exists")).isEqualTo(2);
			assertThat(calls("script|load")).as("the second start").isEqualTo(31);
			assertThat(line.with("LOAD")).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void onlyWhatIsMissingIsLoaded(String driver) throws IOException {
		String known = "return 'known'";
		write("lua/known.lua", known);
		this.redis.execute("SCRIPT", "LOAD", known);
		this.redis.execute("CONFIG", "RESETSTAT");
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(calls("script|load")).isEqualTo(1);
			assertThat(exists(context.getBean(LuaScripts.class), "reserve")).isTrue();
		});
	}

	@Test
	void theLogSaysWhatWasLoaded(CapturedOutput output) {
		this.runner
			.run((context) -> assertThat(output).containsPattern("Loaded 1 Lua script \\(1 new\\) on 1 node in"));
		assertThat(warnings(output)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void theFirstCallNeedsNoLoading(String driver) {
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			this.redis.execute("CONFIG", "RESETSTAT");
			assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			assertThat(calls("evalsha")).isEqualTo(1);
			assertThat(calls("script|load")).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void noneSendsNothing(String driver) {
		this.redis.kill();
		this.runner.withPropertyValues(driver(driver), "redis-lua.preload.mode=none").run((context) -> {
			assertThat(context).hasNotFailed();
			this.redis.restart();
			assertThat(calls("script|exists")).isZero();
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.ignoreExceptionsInstanceOf(DataAccessException.class)
				.untilAsserted(() -> assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void strictNeedsRedis(String driver) {
		this.redis.kill();
		this.runner.withPropertyValues(driver(driver), "redis-lua.preload.mode=strict").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure())
				.isInstanceOfSatisfying(LuaPreloadException.class, (ex) -> assertThat(ex.getNode()).isEqualTo(node()))
				.hasMessageStartingWith("Lua scripts could not be loaded on " + node() + ": ");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void strictStartsWithRedis(String driver) {
		this.runner.withPropertyValues(driver(driver), "redis-lua.preload.mode=strict").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(exists(context.getBean(LuaScripts.class), "reserve")).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void lenientStartsWithoutRedisAndWorksAsSoonAsItDoes(String driver, CapturedOutput output) {
		this.redis.kill();
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(warnings(output)).singleElement()
				.asString()
				.contains("Lua scripts could not be loaded on " + node() + ", they will be when they are called: ");
			assertThat(output).doesNotContain("Exception:").doesNotContain("Loaded");
			this.redis.restart();
			assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			assertThat(context.getBean(LuaScripts.class).preload()).containsExactly(entry(node(), 0));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void callsFailInTheDriversWayWhileRedisIsDown(String driver) {
		this.redis.kill();
		this.runner.withPropertyValues(driver(driver)).run((context) -> {
			Stock stock = context.getBean(Stock.class);
			for (int i = 0; i < 3; i++) {
				assertThat(catchThrowable(() -> stock.reserve("n", 1)))
					.isInstanceOf(RedisConnectionFailureException.class);
			}
			this.redis.restart();
			assertThat(stock.reserve("n", 1)).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@CsvSource({ "lettuce, lenient", "jedis, lenient", "lettuce, strict", "jedis, strict" })
	void aServerThatDoesNotAnswerIsLikeOneThatIsDown(String driver, String mode, CapturedOutput output) {
		warmUp(driver);
		this.redis.pause();
		try {
			long start = System.nanoTime();
			this.runner
				.withPropertyValues(driver(driver), "redis-lua.preload.mode=" + mode, "redis-lua.preload.timeout=700ms",
						"spring.data.redis.timeout=700ms", "spring.data.redis.connect-timeout=700ms")
				.run((context) -> {
					long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
					if (mode.equals("strict")) {
						assertThat(context).hasFailed();
						assertThat(context.getStartupFailure()).isInstanceOf(LuaPreloadException.class)
							.hasMessageContaining(node());
					}
					else {
						assertThat(context).hasNotFailed();
						assertThat(warnings(output)).singleElement().asString().contains(node());
					}
					assertThat(millis).isLessThan(5000);
					this.redis.resume();
					if (mode.equals("lenient")) {
						assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
					}
				});
		}
		finally {
			this.redis.resume();
		}
	}

	@ParameterizedTest
	@CsvSource({ "lettuce, lenient", "jedis, lenient", "lettuce, strict", "jedis, strict" })
	void aScriptThatDoesNotCompileFailsTheStart(String driver, String mode) throws IOException {
		write("lua/reserve.lua", "local n = 1\nlocal m = 2\nn m");
		this.runner.withPropertyValues(driver(driver), "redis-lua.preload.mode=" + mode, "redis-lua.checker.mode=none")
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).isInstanceOfSatisfying(LuaScriptExecutionException.class,
						(ex) -> {
							assertThat(ex.getScriptName()).isEqualTo("reserve");
							assertThat(ex.getLocation()).endsWith("lua/reserve.lua:3");
							assertThat(ex).hasMessageContaining("'=' expected near 'm'");
						});
			});
	}

	@Test
	void aScriptThatDoesNotCompileDoesNotFailTheStartWithoutPreload() throws IOException {
		write("lua/reserve.lua", "n m");
		this.runner.withPropertyValues("redis-lua.preload.mode=none", "redis-lua.checker.mode=none")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "lettuce, lenient", "jedis, lenient", "lettuce, strict", "jedis, strict" })
	void aScriptThatNobodyUsesOnlyWarns(String driver, String mode, CapturedOutput output) throws IOException {
		write("lua/broken.lua", "local n = 1\nn m");
		this.runner.withPropertyValues(driver(driver), "redis-lua.preload.mode=" + mode, "redis-lua.checker.mode=none")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(warnings(output)).singleElement()
					.asString()
					.contains("No method uses it, but Redis refuses it. Script 'broken' failed at ")
					.contains("lua/broken.lua:2: ERR Error compiling script (new function): '=' expected near 'm'");
				LuaScripts scripts = context.getBean(LuaScripts.class);
				assertThat(scripts.definitions()).extracting(LuaScriptDefinition::name)
					.containsExactly("broken", "reserve");
				assertThat(scripts.preload()).as("broken is a warning").containsExactly(entry(node(), 0));
				assertThat(exists(scripts, "reserve")).isTrue();
				assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			});
	}

	@Test
	void twoScriptsOfOneNameFailTheStartIfAMethodMeansThem() throws IOException {
		write("more/reserve.lua", "return 2");
		this.runner.withPropertyValues("redis-lua.locations=" + location("lua") + "," + location("more"))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).rootCause()
					.isInstanceOf(LuaScriptDefinitionException.class)
					.hasMessageContaining(Stock.class.getName() + ".reserve(String, int) (script 'reserve'): "
							+ "there are 2 scripts of this name: ")
					.hasMessageContaining("/lua/reserve.lua and ")
					.hasMessageContaining("/more/reserve.lua");
			});
	}

	@Test
	void twoScriptsOfOneNameThatNobodyMeansOnlyWarn(CapturedOutput output) throws IOException {
		write("lua/unused.lua", "return 1");
		write("more/unused.lua", "return 2");
		this.runner.withPropertyValues("redis-lua.locations=" + location("lua") + "," + location("more"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(warnings(output)).singleElement()
					.asString()
					.contains("there are 2 scripts of this name: ")
					.contains("/lua/unused.lua and ")
					.contains("/more/unused.lua");
				assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			});
	}

	@Test
	void twoNamesForTheSameTextAreLoaded() throws IOException {
		write("lua/twin.lua", "return redis.call('INCRBY', KEYS[1], ARGV[1])");
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			LuaScripts scripts = context.getBean(LuaScripts.class);
			assertThat(scripts.definition("twin").sha1()).isEqualTo(scripts.definition("reserve").sha1());
			assertThat(scripts.execute("twin", Long.class, List.of("n"), 1)).isEqualTo(1L);
			assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(3);
		});
	}

	@Test
	void aLocationWithoutScriptsIsAWarning(CapturedOutput output) {
		this.runner.withPropertyValues("redis-lua.locations=" + location("lua") + "," + location("nowhere"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(warnings(output)).singleElement()
					.asString()
					.contains("No Lua scripts found in '" + location("nowhere") + "'");
			});
	}

	// What follows is measured, and loading classes takes its time.
	private void warmUp(String driver) {
		this.runner.withPropertyValues(driver(driver)).run((context) -> assertThat(context).hasNotFailed());
		this.redis.execute("SCRIPT", "FLUSH");
	}

	private void write(String path, String content) throws IOException {
		Path file = this.folder.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	private String location(String path) {
		return "file:" + this.folder.resolve(path) + "/";
	}

	private String node() {
		return this.redis.getHost() + ":" + this.redis.getPort();
	}

	private boolean exists(LuaScripts scripts, String name) {
		return List.of(1L).equals(this.redis.execute("SCRIPT", "EXISTS", scripts.definition(name).sha1()));
	}

	private static String driver(String name) {
		return "spring.data.redis.client-type=" + name;
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains(" WARN ") || line.contains(" ERROR ")).toList();
	}

	private long calls(String command) {
		String prefix = "cmdstat_" + command + ":calls=";
		return String.valueOf(this.redis.execute("INFO", "commandstats"))
			.lines()
			.filter((line) -> line.startsWith(prefix))
			.map((line) -> line.substring(prefix.length(), line.indexOf(',')))
			.mapToLong(Long::parseLong)
			.findFirst()
			.orElse(0);
	}

}
