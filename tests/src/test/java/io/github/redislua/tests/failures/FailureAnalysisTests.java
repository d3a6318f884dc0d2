package io.github.redislua.tests.failures;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What somebody reads whose application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	private static final String HERE = FailureAnalysisTests.class.getName();

	private static final String HEADING = """

			***************************
			APPLICATION FAILED TO START
			***************************
			""";

	private static final List<String> REDIS = List.of(
			"org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
			"org.springframework.boot.autoconfigure.data.redis.RedisReactiveAutoConfiguration",
			"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
			"org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration");

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
	void aScriptThatDoesNotExist(CapturedOutput output) {
		fail("not-found");
		assertReport(output,
				"""
						%s.NotFound.reserve(String, int): there is no Lua script 'stock/reserv'. \
						Looked in [classpath:scripts/failures/]; did you mean 'stock/reserve', 'stock/release'?"""
					.formatted(HERE),
				"""
						Name one of the scripts that are spelt alike (stock/reserve, stock/release), or create the missing file below \
						[classpath:scripts/failures/]. A script's name is its path below that, without '.lua'; \
						redis-lua.locations says where to look.""");
	}

	@Test
	void aScriptNamedByItsMethodThatDoesNotExist(CapturedOutput output) {
		fail("not-found-by-method");
		assertReport(output, """
				%s.NotFoundByMethod.checkIn(String): there is no Lua script 'checkIn', 'check_in' or 'check-in'. \
				Looked in [classpath:scripts/failures/]""".formatted(HERE), """
				Create the missing file below [classpath:scripts/failures/]. A script's name is its path below that, \
				without '.lua'; redis-lua.locations says where to look.""");
	}

	@Test
	void severalScriptsThatDoNotExist(CapturedOutput output) {
		fail("not-found | not-found-by-method");
		assertReport(output,
				"""
						2 problems with Lua scripts:
						  - %1$s.NotFound.reserve(String, int): there is no Lua script 'stock/reserv' in [classpath:scripts/failures/]. \
						Did you mean 'stock/reserve', 'stock/release'? Otherwise create classpath:scripts/failures/stock/reserv.lua
						  - %1$s.NotFoundByMethod.checkIn(String): there is no Lua script 'checkIn', 'check_in' or 'check-in' in \
						[classpath:scripts/failures/]. Create classpath:scripts/failures/check_in.lua, or name an existing script"""
					.formatted(HERE),
				"""
						Name one of the scripts that are spelt alike (stock/reserve, stock/release), or create the missing file below \
						[classpath:scripts/failures/]. A script's name is its path below that, without '.lua'; \
						redis-lua.locations says where to look.""");
	}

	@Test
	void interfacesAndScriptsThatDoNotFit(CapturedOutput output) {
		fail("misfit");
		assertReport(output,
				"""
						Lua scripts and the Java methods that call them do not fit:

						    %1$s.Misfit1.reserve(String, Thread) (script 'stock/reserve')
						        parameter 'amount' cannot be sent: java.lang.Thread cannot be sent as text: annotate the parameter with \
						@Arg(json = true), or register a Converter<Thread, String>
						    %1$s.Misfit1.reserve(String, Thread) (script 'stock/reserve')
						        the timeout 'soon' does not fit: 'soon' is not a valid duration, cannot detect any known style
						    %1$s.Misfit2.forgotten()
						        it has neither @LuaScript nor a body
						    %1$s.Misfit3.release(String, int)
						        there is no Lua script 'stock/relase' in [classpath:scripts/failures/]
						    %1$s.Misfit4.gone(String) (script 'Misfit4.gone')
						        parameter 'item' is annotated with both @Key and @Arg
						    %1$s.Misfit4.gone(String) (script 'Misfit4.gone')
						        @LuaError names the checked exception java.io.IOException, which the method does not declare
						    %1$s.Misfit5.start() (script 'Misfit5.start')
						        the return type does not fit: java.lang.Thread cannot be read from a reply: declare \
						reply = ReplyFormat.JSON, return a record, or register a Converter<String, Thread>"""
					.formatted(HERE),
				"""
						- See the table of parameter types in the documentation
						- Write it with its unit: "200ms", "2s" or "PT0.2S"
						- Annotate it with @LuaScript, or make it a default method
						- Did you mean 'stock/release', 'stock/reserve'? Otherwise create classpath:scripts/failures/stock/relase.lua
						- Remove one of them
						- Add 'throws IOException'
						- See the table of return types in the documentation""");
	}

	@Test
	void aTemplateThatNamesNoParameter(CapturedOutput output) {
		fail("template");
		assertReport(output,
				"""
						Lua scripts and the Java methods that call them do not fit:

						    %s.Template.get(String, String) (script 'Template.get')
						        the key template '{cart:#user}:items' names #user, but the method has the parameters userId, item\
						"""
					.formatted(HERE),
				"Name one of the parameters, or write ## for a '#' that is part of the key.");
	}

	@Test
	void namesOfParametersThatAreNotThere(CapturedOutput output, @TempDir Path folder) throws IOException {
		try (URLClassLoader loader = compileWithoutParameterNames(folder)) {
			SpringApplication application = application();
			application.setResourceLoader(new DefaultResourceLoader(loader));
			ClassLoader previous = Thread.currentThread().getContextClassLoader();
			Thread.currentThread().setContextClassLoader(loader);
			try {
				assertThatException().isThrownBy(() -> run(application, "none"));
			}
			finally {
				Thread.currentThread().setContextClassLoader(previous);
			}
		}
		assertReport(output,
				"""
						Lua scripts and the Java methods that call them do not fit:

						    io.github.redislua.tests.failures.Nameless.get(String) (script 'Nameless.get')
						        the key template '#userId' names #userId, but the class file does not hold the names of parameters""",
				"Compile with -parameters (Spring Boot's Maven and Gradle plugins do), or use @Key.");
	}

	@Test
	void anAsynchronousMethodOnJedis(CapturedOutput output) {
		fail("asynchronous", "spring.data.redis.client-type=jedis");
		assertReport(output,
				"""
						Lua scripts and the Java methods that call them do not fit:

						    %s.Asynchronous.count() (script 'Asynchronous.count')
						        it returns java.util.concurrent.CompletableFuture<java.lang.Long>, but Jedis can only wait for a reply"""
					.formatted(HERE),
				"Use Lettuce (it is Spring Boot's default driver), or return java.lang.Long.");
	}

	@Test
	void aMethodThatMeansTwoScripts(CapturedOutput output) {
		fail("two-names");
		assertReport(output,
				"""
						Lua scripts and the Java methods that call them do not fit:

						    %s.TwoNames.tryAcquire()
						        its name stands for more than one script: 'try_acquire' (class path resource \
						[scripts/failures/try_acquire.lua]) and 'try-acquire' (class path resource [scripts/failures/try-acquire.lua])"""
					.formatted(HERE),
				"Name the one you mean: @LuaScript(\"try_acquire\").");
	}

	@Test
	void twoScriptsOfOneName(CapturedOutput output) {
		fail("twins", "redis-lua.locations=classpath:scripts/twins/one/,classpath:scripts/twins/two/");
		assertReport(output,
				"""
						Lua scripts and the Java methods that call them do not fit:

						    %s.Twins.twin() (script 'twin')
						        there are 2 scripts of this name: %s and %s""".formatted(HERE,
						resource("scripts/twins/one/twin.lua"), resource("scripts/twins/two/twin.lua")),
				"Keep one of them, rename the others, or narrow redis-lua.locations.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aScriptThatRedisRefuses(String driver, CapturedOutput output) {
		fail("refused", "spring.data.redis.client-type=" + driver, "redis-lua.locations=classpath:scripts/broken/",
				"redis-lua.checker.mode=warn");
		assertReport(output, """
				Redis refuses a Lua script:

				    Script 'misspelt' failed at scripts/broken/misspelt.lua:3: \
				ERR Error compiling script (new function): '=' expected near 'm'
				    scripts/broken/misspelt.lua is run by %s.Refused.misspelt()""".formatted(HERE),
				"Correct scripts/broken/misspelt.lua:3 and start again.");
	}

	@Test
	void severalScriptsThatRedisRefuses(CapturedOutput output) {
		fail("refused | refused-too", "redis-lua.locations=classpath:scripts/broken/", "redis-lua.checker.mode=none");
		assertThat(report(output)).startsWith("Description:\n\nRedis refuses a Lua script:\n\n")
			.contains("    Script 'misspelt' failed at scripts/broken/misspelt.lua:3: ")
			.contains("    Script 'unfinished' failed at scripts/broken/unfinished.lua:3: ")
			.containsOnlyOnce("misspelt.lua:3: ")
			.containsOnlyOnce("    scripts/broken/misspelt.lua is run by " + HERE + ".Refused.misspelt()\n")
			.containsOnlyOnce("    scripts/broken/unfinished.lua is run by " + HERE + ".RefusedToo.once(), " + HERE
					+ ".RefusedToo.unfinished()\n")
			.containsPattern("\n\nAction:\n\nCorrect scripts/broken/(misspelt|unfinished).lua:3 and start again.$");
	}

	@Test
	void scriptsThatTheCheckerRefuses(CapturedOutput output) {
		fail("refused | refused-too", "redis-lua.locations=classpath:scripts/broken/");
		assertReport(output, """
				The script checker found 2 errors:

				scripts/broken/misspelt.lua:3:3: error: '=' expected near 'm' [syntax]
				   3 | n m
				     |   ^
				scripts/broken/unfinished.lua:3:1: error: unexpected symbol near '<eof>' [syntax]

				scripts/broken/misspelt.lua is run by %1$s.Refused.misspelt()
				scripts/broken/unfinished.lua is run by %1$s.RefusedToo.once(), %1$s.RefusedToo.unfinished()"""
			.formatted(HERE), """
					- Correct the scripts, or the methods that run them, and start again
					- With redis-lua.checker.mode=warn this is logged, and the application starts""");
	}

	@Test
	void aScriptThatNoMethodRunsIsNamedAsThat(CapturedOutput output) {
		fail("refused", "redis-lua.locations=classpath:scripts/broken/");
		assertThat(report(output)).contains("scripts/broken/misspelt.lua is run by " + HERE + ".Refused.misspelt()\n")
			.contains("\nscripts/broken/unfinished.lua: no method runs it\n");
	}

	@Test
	void aScriptThatDoesNotFitItsMethod(CapturedOutput output) {
		fail("unfit", "redis-lua.preload.mode=none");
		assertReport(output,
				"""
						The script checker found 2 errors and 1 warning:

						Unfit.get:1:1: warning: Unfit.get(String) supplies 1 key, but the script never reads KEYS[1] [unused]
						   1 | return GLOBAL .. ARGV[1]
						     | ^
						Unfit.get:1:8: error: reads the global 'GLOBAL', which does not exist: the server raises an error here [global-read]
						   1 | return GLOBAL .. ARGV[1]
						     |        ^~~~~~
						     = if it is a variable, declare it with 'local' before this line and in an enclosing block
						Unfit.get:1:18: error: script reads ARGV[1], but Unfit.get(String) supplies no arguments [count]
						   1 | return GLOBAL .. ARGV[1]
						     |                  ^~~~~~~
						     = if it is optional, write 'ARGV[1] or default'

						Unfit.get is run by %s.Unfit.get(String)"""
					.formatted(HERE),
				"""
						- Correct the scripts, or the methods that run them, and start again
						- If your servers have such a global variable, name it in redis-lua.checker.globals
						- What is meant to be so can be allowed: by a comment '-- luascript:allow count, global-read' behind the line or \
						at the top of the script, or for all scripts by redis-lua.checker.allow=count,global-read
						- With redis-lua.checker.mode=warn this is logged, and the application starts""");
	}

	@Test
	void aCommandThatTheServerDoesNotHave(CapturedOutput output) {
		fail("unknown-command");
		assertReport(output, """
				The script checker found 1 error:

				UnknownCommand.get:1:19: error: the server does not know the command 'GTE' [unknown-command]
				   1 | return redis.call('GTE', KEYS[1])
				     |                   ^~~~~
				     = did you mean GET?

				UnknownCommand.get is run by %s.UnknownCommand.get(String)""".formatted(HERE),
				"""
						- Correct the scripts, or the methods that run them, and start again
						- What is meant to be so can be allowed: by a comment '-- luascript:allow unknown-command' behind the line or \
						at the top of the script, or for all scripts by redis-lua.checker.allow=unknown-command
						- With redis-lua.checker.mode=warn this is logged, and the application starts""");
	}

	@Test
	void aRuleThatDoesNotExist(CapturedOutput output) {
		fail("none", "redis-lua.checker.allow=counts");
		assertThat(report(output)).startsWith(
				"Description:\n\nInvalid value 'counts' for configuration property 'redis-lua.checker.allow' (originating from ")
			.contains("There is no checker rule 'counts'. The rules are global-write, global-read, ")
			.endsWith("Action:\n\nReview the value of the property with the provided reason.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void strictPreloadWithoutRedis(String driver, CapturedOutput output) {
		LocalRedis down = LocalRedis.start();
		try {
			down.kill();
			fail("none", "spring.data.redis.client-type=" + driver, "redis-lua.preload.mode=strict",
					"spring.data.redis.port=" + down.getPort());
			String node = "localhost:" + down.getPort();
			assertThat(report(output))
				.matches("Description:\n\nLua scripts could not be loaded on " + node
						+ ": (.*: )?Connection refused.*\n\nAction:\n\n.*")
				.endsWith("\n\nStart Redis on " + node + " or correct spring.data.redis.*. To start without it, set "
						+ "redis-lua.preload.mode=lenient: scripts are then loaded when they are called.");
		}
		finally {
			down.close();
		}
	}

	@Test
	void severalConnectionFactories(CapturedOutput output) {
		fail("several-servers");
		assertReport(output,
				"""
						Lua scripts and the Java methods that call them do not fit:

						    redis-lua.connection-factory
						        there are several RedisConnectionFactory beans, [sessions, orders], and none of them is primary""",
				"Name one in redis-lua.connection-factory or in @LuaRepository(connectionFactory), or mark one @Primary.");
	}

	@Test
	void aConnectionFactoryThatDoesNotExist(CapturedOutput output) {
		fail("no-such-server");
		assertReport(output, """
				Lua scripts and the Java methods that call them do not fit:

				    @LuaRepository(connectionFactory)
				        there is no RedisConnectionFactory bean 'sessions'""",
				"Name one of these: [redisConnectionFactory].");
	}

	@Test
	void noConnectionFactory(CapturedOutput output) {
		fail("one", "spring.autoconfigure.exclude=" + String.join(",", REDIS));
		assertReport(output, """
				Lua scripts and the Java methods that call them do not fit:

				    redis-lua.connection-factory
				        there is no RedisConnectionFactory bean""",
				"Leave Spring Boot's Redis auto-configuration in, with Lettuce or Jedis on the class path, or define one.");
	}

	private static void fail(String profile, String... properties) {
		assertThatException().isThrownBy(() -> run(application(), profile, properties));
	}

	private static SpringApplication application() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application;
	}

	private static void run(SpringApplication application, String profile, String... properties) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--spring.data.redis.port=" + redis.getPort());
		arguments.add("--redis-lua.locations=classpath:scripts/failures/");
		for (String property : properties) {
			String name = property.substring(0, property.indexOf('=') + 1);
			arguments.removeIf((argument) -> argument.startsWith("--" + name));
			arguments.add("--" + property);
		}
		application.setAdditionalProfiles(profile.split(" \\| "));
		application.run(arguments.toArray(String[]::new)).close();
	}

	private static void assertReport(CapturedOutput output, String description, String action) {
		assertThat(report(output)).isEqualTo("Description:\n\n" + description + "\n\nAction:\n\n" + action);
	}

	private static String report(CapturedOutput output) {
		String text = output.getAll().replace("\r\n", "\n");
		assertThat(text).containsOnlyOnce(HEADING);
		return text.substring(text.indexOf(HEADING) + HEADING.length()).strip();
	}

	private static String resource(String path) {
		return String.valueOf(FailureAnalysisTests.class.getClassLoader().getResource(path));
	}

	private static URLClassLoader compileWithoutParameterNames(Path folder) throws IOException {
		Path source = folder.resolve("Nameless.java");
		Files.writeString(source, """
				package io.github.redislua.tests.failures;
				public interface Nameless {
					@io.github.redislua.annotation.LuaScript(source = "return KEYS[1]", keys = "#userId")
					String get(String userId);
				}
				""");
		Path classes = Files.createDirectory(folder.resolve("classes"));
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-g:none", "-cp", classPath, "-d", classes.toString(),
					source.toString());
		assertThat(result).isZero();
		return new URLClassLoader(new URL[] { url(classes) }, FailureAnalysisTests.class.getClassLoader());
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@Profile("several-servers")
		RedisConnectionFactory sessions() {
			return new LettuceConnectionFactory();
		}

		@Bean
		@Profile("several-servers")
		RedisConnectionFactory orders() {
			return new LettuceConnectionFactory();
		}

	}

	@Profile("not-found")
	interface NotFound {

		@LuaScript("stock/reserv")
		long reserve(@Key String item, int amount);

	}

	@Profile("not-found-by-method")
	interface NotFoundByMethod {

		@LuaScript
		long checkIn(@Key String guest);

	}

	@Profile("misfit")
	interface Misfit1 {

		@LuaScript(value = "stock/reserve", timeout = "soon")
		long reserve(@Key String item, Thread amount);

	}

	@Profile("misfit")
	interface Misfit2 {

		@LuaScript("stock/release")
		long release(@Key String item, int amount);

		void forgotten();

	}

	@Profile("misfit")
	interface Misfit3 {

		@LuaScript("stock/relase")
		long release(@Key String item, int amount);

	}

	@Profile("misfit")
	interface Misfit4 {

		@LuaScript(source = "return 1", errors = @LuaError(code = "GONE", exception = IOException.class))
		long gone(@Key @Arg String item);

	}

	@Profile("misfit")
	interface Misfit5 {

		@LuaScript(source = "return 1")
		Thread start();

	}

	@Profile("template")
	interface Template {

		@LuaScript(source = "return KEYS[1]", keys = "{cart:#user}:items")
		String get(String userId, String item);

	}

	@Profile("asynchronous")
	interface Asynchronous {

		@LuaScript(source = "return 1")
		CompletableFuture<Long> count();

	}

	@Profile("two-names")
	interface TwoNames {

		@LuaScript
		long tryAcquire();

	}

	@Profile("twins")
	interface Twins {

		@LuaScript
		long twin();

	}

	@Profile("unfit")
	interface Unfit {

		@LuaScript(source = "return GLOBAL .. ARGV[1]")
		String get(@Key String key);

	}

	@Profile("unknown-command")
	interface UnknownCommand {

		@LuaScript(source = "return redis.call('GTE', KEYS[1])")
		String get(@Key String key);

	}

	@Profile("refused")
	interface Refused {

		@LuaScript
		long misspelt();

	}

	@Profile("refused-too")
	interface RefusedToo {

		@LuaScript
		long unfinished();

		@LuaScript("unfinished")
		long once();

	}

	@Profile("no-such-server")
	@LuaRepository(connectionFactory = "sessions")
	interface NoSuchServer {

		@LuaScript(source = "return 1")
		long one();

	}

	@Profile({ "one", "several-servers" })
	interface One {

		@LuaScript(source = "return 1")
		long one();

	}

}
