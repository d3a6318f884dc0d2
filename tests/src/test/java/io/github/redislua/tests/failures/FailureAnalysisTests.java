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
		assertReport(output, """
				%s.NotFound.reserve(String, int): there is no Lua script 'stock/reserv'. \
				Looked in [classpath:scripts/failures/]; did you mean 'stock/reserve'?""".formatted(HERE), """
				Name one of the scripts that are spelt alike (stock/reserve), or create the missing file below \
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
		assertReport(output, "?", "?");
	}

	@Test
	void interfacesAndScriptsThatDoNotFit(CapturedOutput output) {
		fail("misfit");
		assertReport(output, "?", "?");
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
				"Name one of the parameters, or write ## for a '#' that is part of the key");
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
				"Compile with -parameters (Spring Boot's Maven and Gradle plugins do), or use @Key");
	}

	@Test
	void anAsynchronousMethodOnJedis(CapturedOutput output) {
		fail("asynchronous", "spring.data.redis.client-type=jedis");
		assertReport(output, "?", "?");
	}

	@Test
	void aMethodThatMeansTwoScripts(CapturedOutput output) {
		fail("two-names");
		assertReport(output, "?", "?");
	}

	@Test
	void twoScriptsOfOneName(CapturedOutput output) {
		fail("twins", "redis-lua.locations=classpath:scripts/twins/one/,classpath:scripts/twins/two/");
		assertReport(output, "?", "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aScriptThatRedisRefuses(String driver, CapturedOutput output) {
		fail("refused", "spring.data.redis.client-type=" + driver, "redis-lua.locations=classpath:scripts/broken/");
		assertReport(output, "?", "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void severalScriptsThatRedisRefuses(String driver, CapturedOutput output) {
		fail("refused | refused-too", "spring.data.redis.client-type=" + driver,
				"redis-lua.locations=classpath:scripts/broken/");
		assertReport(output, "?", "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void strictPreloadWithoutRedis(String driver, CapturedOutput output) {
		LocalRedis down = LocalRedis.start();
		try {
			down.kill();
			fail("none", "spring.data.redis.client-type=" + driver, "redis-lua.preload.mode=strict",
					"spring.data.redis.port=" + down.getPort());
			assertReport(output, "?", "?");
		}
		finally {
			down.close();
		}
	}

	@Test
	void severalConnectionFactories(CapturedOutput output) {
		fail("several-servers");
		assertReport(output, "?", "?");
	}

	@Test
	void aConnectionFactoryThatDoesNotExist(CapturedOutput output) {
		fail("no-such-server");
		assertReport(output, "?", "?");
	}

	@Test
	void noConnectionFactory(CapturedOutput output) {
		fail("none",
				"spring.autoconfigure.exclude="
						+ "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration,"
						+ "org.springframework.boot.autoconfigure.data.redis.RedisReactiveAutoConfiguration");
		assertReport(output, "?", "?");
	}

	@Test
	void aPlaceholderThatIsNotSet(CapturedOutput output) {
		fail("placeholder");
		assertReport(output, "?", "?");
	}

	@Test
	void aModeThatDoesNotExist(CapturedOutput output) {
		fail("none", "redis-lua.preload.mode=sometimes");
		assertReport(output, "?", "?");
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
		String text = output.getAll().replace("\r\n", "\n");
		System.err.println("REPORT " + text);
		String heading = "\n***************************\nAPPLICATION FAILED TO START\n***************************\n";
		assertThat(text).containsOnlyOnce(heading);
		assertThat(text.substring(text.indexOf(heading) + heading.length()).strip())
			.isEqualTo("Description:\n\n" + description + "\n\nAction:\n\n" + action);
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

		@LuaScript(source = "return 1")
		Thread start();

		@LuaScript(value = "stock/reserve", timeout = "soon")
		long reserve(@Key Thread item, StringBuffer amount);

		void forgotten();

	}

	@Profile("misfit")
	interface Misfit2 {

		@LuaScript("stock/relase")
		long release(@Key String item, int amount);

		@LuaScript(source = "return 1", errors = @LuaError(code = "GONE", exception = IOException.class))
		long gone(@Key @Arg String item);

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

	@Profile("refused")
	interface Refused {

		@LuaScript
		long misspelt();

	}

	@Profile("refused-too")
	interface RefusedToo {

		@LuaScript
		long unfinished();

	}

	@Profile("no-such-server")
	@LuaRepository(connectionFactory = "sessions")
	interface NoSuchServer {

		@LuaScript(source = "return 1")
		long one();

	}

	@Profile("placeholder")
	@LuaRepository(keyPrefix = "${tenant}:")
	interface Placeholder {

		@LuaScript(source = "return 1")
		long one(@Key String key);

	}

	@Profile("several-servers")
	interface SeveralServers {

		@LuaScript(source = "return 1")
		long one();

	}

}
