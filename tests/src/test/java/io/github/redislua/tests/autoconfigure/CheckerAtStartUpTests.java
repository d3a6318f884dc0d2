package io.github.redislua.tests.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.redislua.LuaScriptCheckException;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.internal.repository.ScriptOverview;
import io.github.redislua.internal.repository.ScriptParts;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.tests.preload.Application;
import io.github.redislua.tests.preload.Stock;
import io.github.redislua.tests.preload.StockApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The script checker at start-up.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckerAtStartUpTests {

	private static final String FITS = "return redis.call('INCRBY', KEYS[1], ARGV[1])";

	private static final String DOES_NOT_FIT = "return redis.call('INCRBY', KEYS[1], ARGV[2])";

	@TempDir
	private Path folder;

	private LocalRedis redis;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() {
		this.redis = LocalRedis.start();
		this.runner = Lines.runner(this.redis)
			.withUserConfiguration(Application.class)
			.withPropertyValues("redis-lua.locations=file:" + this.folder + "/");
	}

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void whatFitsStartsWithoutAWord(CapturedOutput output) throws IOException {
		write("reserve.lua", FITS);
		this.runner.run((context) -> {
			assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			assertThat(output.getAll()).doesNotContain("script checker").doesNotContain(" WARN ");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "lenient", "strict" })
	void anErrorInAScriptThatAMethodRunsFailsTheStartBeforeAnythingIsSent(String preload, CapturedOutput output)
			throws IOException {
		write("reserve.lua", DOES_NOT_FIT);
		this.runner.withPropertyValues("redis-lua.preload.mode=" + preload).run((context) -> {
			assertThat(failure(context)).hasMessage(
					"""
							The script checker found 1 error and 1 warning:
							%1$s/reserve.lua:1:1: warning: Stock.reserve(String,int) supplies 1 argument, but the script never reads ARGV[1] [unused]
							   1 | return redis.call('INCRBY', KEYS[1], ARGV[2])
							     | ^
							%1$s/reserve.lua:1:38: error: script reads ARGV[2], but Stock.reserve(String,int) supplies 1 argument [count]
							   1 | return redis.call('INCRBY', KEYS[1], ARGV[2])
							     |                                      ^~~~~~~
							     = if it is optional, write 'ARGV[2] or default'
							%1$s/reserve.lua is run by %2$s.reserve(String, int)"""
						.formatted(this.folder, Stock.class.getName().replace('$', '.')));
			assertThat(calls("script|exists")).isZero();
			assertThat(calls("command|info")).isZero();
			assertThat(output.getAll()).as("what is thrown is not logged as well").doesNotContain("ScriptVerifier");
		});
	}

	@Test
	void theFindingsOfAllScriptsAreInOneReport() throws IOException {
		write("z/broken.lua", "return (");
		write("reserve.lua", DOES_NOT_FIT);
		write("a.lua", "count = 1");
		this.runner.run((context) -> {
			LuaScriptCheckException failure = failure(context);
			assertThat(failure.getReport()).startsWith("The script checker found 3 errors and 1 warning:\n")
				.containsSubsequence("/a.lua:1:1: error: ", " [global-write]\n", "/reserve.lua:1:", " [unused]\n",
						"/reserve.lua:1:", " [count]\n", "/z/broken.lua:1:", " [syntax]\n");
			assertThat(failure.getRules()).containsExactlyInAnyOrder("global-write", "count", "syntax");
		});
	}

	@Test
	void warningsAreLoggedInOneStatement(CapturedOutput output) throws IOException {
		write("reserve.lua", "return redis.call('INCR', KEYS[1])");
		write("other.lua", "return redis.call('GET', 'users')");
		this.runner.run((context) -> {
			assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(1);
			assertThat(output.getAll()).containsOnlyOnce(" WARN ")
				.contains(
						"""
								The script checker found 2 warnings:
								%1$s/other.lua:1:26: warning: the key 'users' is not declared in KEYS [undeclared-key]
								   1 | return redis.call('GET', 'users')
								     |                          ^~~~~~~
								     = on a cluster it may be on another node: pass it in KEYS
								%1$s/reserve.lua:1:1: warning: Stock.reserve(String,int) supplies 1 argument, but the script never reads ARGV[1] [unused]
								   1 | return redis.call('INCR', KEYS[1])
								     | ^
								"""
							.formatted(this.folder));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void errorsInAScriptThatNoMethodRunsAreWarnings(String driver, CapturedOutput output) throws IOException {
		write("reserve.lua", FITS);
		write("global.lua", "count = 1");
		write("syntax.lua", "local n = 1\nn m");
		this.runner.withPropertyValues("spring.data.redis.client-type=" + driver).run((context) -> {
			assertThat(context.getBean(Stock.class).reserve("n", 2)).isEqualTo(2);
			assertThat(output.getAll()).containsOnlyOnce(" WARN ")
				.contains("The script checker found 2 errors:")
				.contains("/global.lua:1:1: error: assigns the global 'count'")
				.containsOnlyOnce("/syntax.lua:2")
				.contains("'=' expected near 'm' [syntax]");
			ScriptOverview scripts = context.getBean(ScriptParts.class).overview();
			assertThat(scripts.warnings("global")).singleElement().asString().contains("assigns the global 'count'");
			assertThat(scripts.warnings("syntax")).singleElement().asString().contains("'=' expected near 'm'");
			assertThat(scripts.warnings("reserve")).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lenient", "strict", "none" })
	void aScriptThatDoesNotCompileIsReportedOnceAndNotSent(String preload) throws IOException {
		write("reserve.lua", "local n = 1\nn m");
		this.runner.withPropertyValues("redis-lua.preload.mode=" + preload).run((context) -> {
			assertThat(failure(context)).hasMessageStartingWith("The script checker found 1 error:\n")
				.hasMessageContaining("/reserve.lua:2:3: error: '=' expected near 'm' [syntax]")
				.hasNoSuppressedExceptions();
			assertThat(calls("script|load")).isZero();
		});
	}

	@Test
	void onRequestErrorsAreOnlyLogged(CapturedOutput output) throws IOException {
		write("reserve.lua", DOES_NOT_FIT);
		this.runner.withPropertyValues("redis-lua.checker.mode=warn").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll()).containsOnlyOnce(" WARN ")
				.contains("The script checker found 1 error and 1 warning:")
				.contains("script reads ARGV[2], but Stock.reserve(String,int) supplies 1 argument [count]");
		});
	}

	@Test
	void whatRedisRefusesFailsTheStartAllTheSame(CapturedOutput output) throws IOException {
		write("reserve.lua", "n m");
		this.runner.withPropertyValues("redis-lua.checker.mode=warn").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(LuaScriptExecutionException.class);
			assertThat(output.getAll()).contains("The script checker found 1 error:");
		});
	}

	@Test
	void onRequestNothingIsChecked(CapturedOutput output) throws IOException {
		write("reserve.lua", DOES_NOT_FIT);
		this.runner.withPropertyValues("redis-lua.checker.mode=none").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll()).doesNotContain("script checker").doesNotContain(" WARN ");
			assertThat(calls("command|info")).isZero();
		});
	}

	@Test
	void whereNothingIsCheckedTheCheckerIsNotEvenLoaded() throws Exception {
		write("reserve.lua", FITS);
		ClassLoader previous = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = withoutTheChecker()) {
			Thread.currentThread().setContextClassLoader(loader);
			Method reserve = loader.loadClass(StockApplication.class.getName()).getMethod("reserve", String[].class);
			assertThat(reserve.invoke(null, (Object) arguments("none"))).isEqualTo(2L);
			assertThatThrownBy(() -> reserve.invoke(null, (Object) arguments("warn")))
				.hasRootCauseInstanceOf(ClassNotFoundException.class);
		}
		finally {
			Thread.currentThread().setContextClassLoader(previous);
		}
	}

	private String[] arguments(String mode) {
		return new String[] { "--redis-lua.checker.mode=" + mode, "--redis-lua.locations=file:" + this.folder + "/",
				"--spring.data.redis.port=" + this.redis.getPort() };
	}

	private static URLClassLoader withoutTheChecker() throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<URL> urls = new ArrayList<>();
		for (String entry : classPath.split(File.pathSeparator)) {
			if (!entry.matches(".*(redis-lua-lint|lint.target).*")) {
				urls.add(Path.of(entry).toUri().toURL());
			}
		}
		return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	@Test
	void theLogHasTheReportWhenRedisIsAway(CapturedOutput output) throws IOException {
		write("reserve.lua", "return redis.call('INCR', KEYS[1])");
		this.redis.kill();
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll()).contains("The script checker found 1 warning:");
		});
	}

	@Test
	void theLogHasTheReportWhenTheStartFailsForAnotherReason(CapturedOutput output) throws IOException {
		write("reserve.lua", "return redis.call('INCR', KEYS[1])");
		this.redis.kill();
		this.runner.withPropertyValues("redis-lua.preload.mode=strict").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(output.getAll()).contains("The script checker found 1 warning:");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- luascript:allow count, unused\n" + DOES_NOT_FIT,
			"return redis.call('INCRBY', KEYS[1], ARGV[2] or 1) -- luascript:allow unused" })
	void aCommentInTheScriptAllowsAFinding(String source, CapturedOutput output) throws IOException {
		write("reserve.lua", source);
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll()).doesNotContain("script checker");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "redis-lua.checker.allow=count,unused|" + DOES_NOT_FIT,
					"redis-lua.checker.commands=BF.ADD|return redis.call('BF.ADD', KEYS[1], ARGV[1])",
					"redis-lua.checker.globals=redis.limit|return redis.limit(KEYS[1], ARGV[1])",
					"redis-lua.checker.globals=shop|return shop(KEYS[1], ARGV[1])" })
	void aPropertyAllowsAFindingInAllScripts(String property, String source, CapturedOutput output) throws IOException {
		write("reserve.lua", source);
		ApplicationContextRunner runner = this.runner.withPropertyValues("redis-lua.preload.mode=none");
		runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll()).doesNotContain("script checker");
		});
	}

	@Test
	void aPropertyNamesFlagsThatServersHave() throws IOException {
		write("reserve.lua", "#!lua flags=shop-first\n" + FITS);
		ApplicationContextRunner runner = this.runner.withPropertyValues("redis-lua.preload.mode=none");
		runner.run((context) -> assertThat(failure(context)).hasMessageContaining("[shebang]"));
		runner.withPropertyValues("redis-lua.checker.flags=shop-first")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"counts|There is no checker rule 'counts'. The rules are global-write, global-read, index, count, noscript, arity, arg-type, "
					+ "read-only, undeclared-key, unused, version, unknown-command, return, reply, precision, no-keys.",
			"syntax|The checker rule 'syntax' cannot be allowed: Redis refuses such a script, whatever the checker says." })
	void aRuleThatCannotBeSuppressedFailsTheStart(String rule, String reason) throws IOException {
		write("reserve.lua", FITS);
		this.runner.withPropertyValues("redis-lua.checker.allow=count," + rule).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("redis-lua.checker.allow");
					assertThat(ex.getValue()).isEqualTo(rule);
					assertThat(ex.getReason()).isEqualTo(reason);
				});
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void onAClusterALiteralKeyIsAnError(String driver, CapturedOutput output) throws IOException {
		write("reserve.lua", "return redis.call('INCRBY', 'stock', ARGV[1]) + redis.call('GET', KEYS[1])");
		ApplicationContextRunner runner = this.runner.withPropertyValues("spring.data.redis.client-type=" + driver);
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getAll()).contains("warning: the key 'stock' is not declared in KEYS");
		});
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			runner.withPropertyValues("spring.data.redis.cluster.nodes=" + String.join(",", cluster.getSeedNodes()))
				.run((context) -> assertThat(failure(context)).hasMessageContaining(
						"error: the key 'stock' is not declared: on a cluster only the node that owns it has it"));
		}
	}

	private static LuaScriptCheckException failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		Throwable failure = context.getStartupFailure();
		assertThat(failure).isInstanceOf(BeanCreationException.class);
		while (!(failure instanceof LuaScriptCheckException) && failure.getCause() != null) {
			failure = failure.getCause();
		}
		assertThat(failure).isInstanceOf(LuaScriptCheckException.class);
		return (LuaScriptCheckException) failure;
	}

	private void write(String path, String content) throws IOException {
		Path file = this.folder.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
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
