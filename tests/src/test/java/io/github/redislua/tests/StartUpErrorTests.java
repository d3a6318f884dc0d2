package io.github.redislua.tests;

import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.annotation.Arg;
import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.annotation.ReplyFormat;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is refused before the first call, with the whole message as a user reads it.
 */
class StartUpErrorTests {

	private static final String HERE = "io.github.redislua.tests.StartUpErrorTests.";

	private static final String RETURN_TABLE = ". See the table of return types in the documentation";

	private static final String PARAMETER_TABLE = ". See the table of parameter types in the documentation";

	private static LocalRedis redis;

	private static Clients clients;

	@TempDir
	private Path temp;

	@BeforeAll
	static void connect() {
		redis = LocalRedis.start();
		clients = new Clients(redis);
	}

	@AfterAll
	static void disconnect() {
		clients.close();
		redis.close();
	}

	@Test
	void keyTemplatesThatDoNotFit() {
		assertFindings(BadTemplates.class,
				"BadTemplates.unknown(long, String) (script 'BadTemplates.unknown'): the key template 'cart:#user' "
						+ "names #user, but the method has the parameters userId, item. Name one of the parameters, "
						+ "or write ## for a '#' that is part of the key",
				"BadTemplates.none() (script 'BadTemplates.none'): the key template '#id' names #id, but the method "
						+ "has no parameters. Name one of the parameters, or write ## for a '#' that is part of the "
						+ "key",
				"BadTemplates.lone(String) (script 'BadTemplates.lone'): the key template does not fit: the '#' at "
						+ "position 3 of 'a:# b' is not followed by a parameter's name. Write ## for a '#' that is "
						+ "part of the key",
				"BadTemplates.property(StartUpErrorTests.Order) (script 'BadTemplates.property'): the key template "
						+ "'o:#order.nr' names #order.nr, but StartUpErrorTests.Order has no property 'nr'. Name a "
						+ "record component or a property with a getter",
				"BadTemplates.unfit(StartUpErrorTests.Order) (script 'BadTemplates.unfit'): parameter 'order' cannot "
						+ "be a key: io.github.redislua.tests.StartUpErrorTests.Order cannot be sent as text: "
						+ "register a Converter<Order, String>. Pass what Redis stores as the key, a String say",
				"BadTemplates.collections(List, Set) (script 'BadTemplates.collections'): the key template '#as:#bs' "
						+ "names two collections, parameter 'as' and parameter 'bs'. Name one collection in a "
						+ "template: it yields one key an element",
				"BadTemplates.empty() (script 'BadTemplates.empty'): a key template is empty. Write the key, or leave "
						+ "the template out");
	}

	@Test
	void aTemplateThatNamesAParameterOfAClassWithoutNames() throws Exception {
		Class<?> repository = compile("Nameless", """
				package acme;

				import io.github.redislua.annotation.*;

				public interface Nameless {

					@LuaScript(source = "return 1", keys = "cart:#userId")
					long add(long userId);

				}
				""");
		assertMessage(repository, "acme.Nameless.add(long) (script 'Nameless.add'): the key template 'cart:#userId' "
				+ "names #userId, but the class file does not hold the names of parameters. Compile with -parameters "
				+ "(Spring Boot's Maven and Gradle plugins do), or use @Key");
	}

	@Test
	void aClassWithoutNamesWorksWhereNoNamesAreNeeded() throws Exception {
		Class<?> repository = compile("Numbered", """
				package acme;

				import io.github.redislua.annotation.*;

				public interface Numbered {

					@LuaScript(source = "return {KEYS, ARGV}")
					java.util.List<java.util.List<String>> echo(@Key String key, String value);

				}
				""");
		Object numbered = factory().create(repository);
		java.lang.reflect.Method echo = repository.getMethod("echo", String.class, String.class);
		assertThat(echo.invoke(numbered, "k", "v")).isEqualTo(List.of(List.of("k"), List.of("v")));
		assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> echo.invoke(numbered, "k", null)).getCause())
			.hasMessage("acme.Numbered.echo(String, String) cannot call script 'Numbered.echo': parameter 2 (String) "
					+ "must not be null. Nothing was sent");
	}

	@Test
	void twoScriptsThatAMethodsNameStandsFor() {
		String root = ScriptFiles.with("limits/tryAcquire.lua", "return 1")
			.and("limits/try_acquire.lua", "return 2")
			.in(this.temp);
		assertThatExceptionOfType(LuaScriptDefinitionException.class)
			.isThrownBy(() -> factory(root).create(Limits.class))
			.withMessage(HERE + "Limits.tryAcquire(): its name stands for more than one script: 'limits/tryAcquire' ("
					+ location("limits/tryAcquire.lua") + ") and 'limits/try_acquire' ("
					+ location("limits/try_acquire.lua") + "). Name the one you mean: @LuaScript(\"tryAcquire\")");
	}

	@Test
	void noSuchScript() {
		String root = ScriptFiles.with("limits/try_aquire.lua", "return 1").and("other.lua", "return 1").in(this.temp);
		LuaScriptNotFoundException exception = catchThrowableOfType(LuaScriptNotFoundException.class,
				() -> factory(root).create(Limits.class));
		assertThat(exception)
			.hasMessage(HERE + "Limits.tryAcquire(): there is no Lua script 'limits/tryAcquire', 'limits/try_acquire' "
					+ "or 'limits/try-acquire'. Looked in [" + root + "]; did you mean 'limits/try_aquire'?");
		assertThat(exception.getScriptName()).isEqualTo("limits/try_acquire");
		assertThat(exception.getNearestNames()).containsExactly("limits/try_aquire");
		assertThat(exception.getLocations()).containsExactly(root);
	}

	@Test
	void severalMissingScriptsInOneException() {
		assertThatExceptionOfType(LuaScriptNotFoundException.class)
			.isThrownBy(() -> factory("classpath*:nowhere/").create(Missing.class))
			.withMessageStartingWith("2 problems with Lua scripts:\n  - ")
			.withMessageContaining("\n  - " + HERE + "Missing.one(): there is no Lua script 'one' in "
					+ "[classpath*:nowhere/]. Create classpath*:nowhere/one.lua, or name an existing script")
			.withMessageContaining("\n  - " + HERE + "Missing.two(): there is no Lua script 'second' in "
					+ "[classpath*:nowhere/]. Create classpath*:nowhere/second.lua, or name an existing script");
	}

	@Test
	void aNameAndSource() {
		assertFindings(Both.class,
				"Both.run() (script 'x'): @LuaScript has both a name and inline source. " + "Remove one of them");
	}

	@Test
	void aMethodWithoutScriptAndBody() {
		assertFindings(Neither.class, "Neither.run(String): it has neither @LuaScript nor a body. "
				+ "Annotate it with @LuaScript, or make it a default method");
	}

	@Test
	void aMethodWithScriptAndBody() {
		assertFindings(ScriptAndBody.class, "ScriptAndBody.run(): it has both @LuaScript and a body. "
				+ "Remove one of them: a default method calls other methods of the interface");
	}

	@Test
	void everythingThatIsWrongWithAnInterfaceInOneException() {
		LuaScriptDefinitionException exception = catchThrowableOfType(LuaScriptDefinitionException.class,
				() -> factory("classpath*:nowhere/").create(Everything.class));
		assertThat(exception.getFindings()).hasSize(6);
		assertThat(exception).hasMessageStartingWith("6 problems with Lua scripts:\n  - " + HERE + "Everything.");
		assertThat(exception.getFindings()).extracting(Finding::problem)
			.containsExactlyInAnyOrder("there is no Lua script 'missing' in [classpath*:nowhere/]",
					"it has neither @LuaScript nor a body",
					"the key template '#x' names #x, but the method has the parameters stream, id",
					"parameter 'stream' cannot be sent: java.util.stream.Stream cannot be sent: it can be read only "
							+ "once, so collect it to a List",
					"the return type does not fit: java.time.Instant cannot be read from a reply: a number has no "
							+ "unit, so declare a long, or register a Converter<String, Instant>",
					"the timeout '2 parsecs' does not fit: '2 parsecs' is not a valid duration, cannot "
							+ "detect any known style");
	}

	@Test
	void everythingThatIsWrongWithSeveralInterfacesInOneException() {
		assertThatExceptionOfType(LuaScriptDefinitionException.class)
			.isThrownBy(() -> factory().check(List.of(Both.class, Neither.class)))
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::place)
				.containsExactly(HERE + "Both.run()", HERE + "Neither.run(String)"));
	}

	@Test
	void parametersThatCannotBeSent() {
		String advice = ": annotate the parameter with @Arg(json = true), or register a Converter<";
		assertFindings(BadParameters.class,
				"BadParameters.stream(Stream) (script 'BadParameters.stream'): parameter 'values' cannot be sent: "
						+ "java.util.stream.Stream cannot be sent: it can be read only once, so collect it to a List"
						+ PARAMETER_TABLE,
				"BadParameters.order(StartUpErrorTests.Order) (script 'BadParameters.order'): parameter 'order' "
						+ "cannot be sent: io.github.redislua.tests.StartUpErrorTests.Order cannot be sent as text"
						+ advice + "Order, String>" + PARAMETER_TABLE,
				"BadParameters.orders(List) (script 'BadParameters.orders'): parameter 'orders' cannot be sent: "
						+ "io.github.redislua.tests.StartUpErrorTests.Order cannot be sent as text" + advice
						+ "Order, String>" + PARAMETER_TABLE,
				"BadParameters.nested(List) (script 'BadParameters.nested'): parameter 'values' cannot be sent: "
						+ "List<List<String>> cannot be sent as text: what is nested in it has no flat form, so "
						+ "flatten it or annotate the parameter with @Arg(json = true)" + PARAMETER_TABLE,
				"BadParameters.optionals(List) (script 'BadParameters.optionals'): parameter 'values' cannot be "
						+ "sent: java.util.Optional cannot be sent from here: unwrap it, only the parameter itself "
						+ "may be optional" + PARAMETER_TABLE,
				"BadParameters.local(LocalDateTime) (script 'BadParameters.local'): parameter 'time' cannot be sent: "
						+ "java.time.LocalDateTime is no point in time without a zone, so it has no number of MILLIS "
						+ "since the epoch: use an Instant or a ZonedDateTime, annotate the parameter with "
						+ "@Arg(json = true), or register a Converter<LocalDateTime, String>" + PARAMETER_TABLE,
				"BadParameters.period(Period) (script 'BadParameters.period'): parameter 'period' cannot be sent: "
						+ "java.time.Period has no fixed length, since months and days differ: use a Duration, "
						+ "annotate the parameter with @Arg(json = true), or register a Converter<Period, String>"
						+ PARAMETER_TABLE,
				"BadParameters.months(Duration) (script 'BadParameters.months'): parameter 'duration' cannot be "
						+ "sent: the unit MONTHS has no fixed length: use a unit from NANOS to WEEKS"
						+ PARAMETER_TABLE);
	}

	@Test
	void keysThatCannotBeSent() {
		assertFindings(BadKeys.class,
				"BadKeys.map(Map) (script 'BadKeys.map'): parameter 'keys' cannot be a key: a Map cannot be used as "
						+ "keys. Pass what Redis stores as the key, a String say",
				"BadKeys.mapInATemplate(Map) (script 'BadKeys.mapInATemplate'): parameter 'keys' cannot be a key: a "
						+ "Map cannot be used as keys. Pass what Redis stores as the key, a String say",
				"BadKeys.stream(Stream) (script 'BadKeys.stream'): parameter 'keys' cannot be a key: "
						+ "java.util.stream.Stream cannot be sent: it can be read only once, so collect it to a List. "
						+ "Pass what Redis stores as the key, a String say",
				"BadKeys.both(String) (script 'BadKeys.both'): parameter 'key' is annotated with both @Key and @Arg. "
						+ "Remove one of them");
	}

	@Test
	void returnTypesThatCannotBeRead() {
		assertFindings(BadReturnTypes.class,
				"BadReturnTypes.bean() (script 'BadReturnTypes.bean'): the return type does not fit: "
						+ "io.github.redislua.tests.StartUpErrorTests.Bean cannot be read from a reply: declare "
						+ "reply = ReplyFormat.JSON, return a record, or register a Converter<String, Bean>"
						+ RETURN_TABLE,
				"BadReturnTypes.beans() (script 'BadReturnTypes.beans'): the return type does not fit: "
						+ "io.github.redislua.tests.StartUpErrorTests.Bean cannot be read from a reply: declare "
						+ "reply = ReplyFormat.JSON, return a record, or register a Converter<String, Bean>"
						+ RETURN_TABLE,
				"BadReturnTypes.stream() (script 'BadReturnTypes.stream'): the return type does not fit: "
						+ "java.util.stream.Stream cannot be read from a reply: declare a List" + RETURN_TABLE,
				"BadReturnTypes.instant() (script 'BadReturnTypes.instant'): the return type does not fit: "
						+ "java.time.Instant cannot be read from a reply: a number has no unit, so declare a long, or "
						+ "register a Converter<String, Instant>" + RETURN_TABLE,
				"BadReturnTypes.setOfArrays() (script 'BadReturnTypes.setOfArrays'): the return type does not fit: "
						+ "Set<byte[]> cannot be read from a reply: equal arrays are not equal to Java, so declare "
						+ "ByteBuffer or List" + RETURN_TABLE,
				"BadReturnTypes.withoutFields() (script 'BadReturnTypes.withoutFields'): the return type does not "
						+ "fit: long has no fields: reply = ReplyFormat.MAP needs a record or a Map in the return "
						+ "type" + RETURN_TABLE);
	}

	@Test
	void errorMappingsThatDoNotFit() {
		assertFindings(BadErrors.class,
				"BadErrors.constructor() (script 'BadErrors.constructor'): @LuaError(code = \"X\") does not fit: "
						+ Unmakeable.class.getName() + " has no constructor (String, Throwable), (String) or without "
						+ "parameters. Give the exception such a constructor",
				"BadErrors.checked() (script 'BadErrors.checked'): @LuaError names the checked exception "
						+ "java.lang.Exception, which the method does not declare. Add 'throws Exception'",
				"BadErrors.twice() (script 'BadErrors.twice'): there are two @LuaError with the code \"X\". Remove one "
						+ "of them",
				"BadErrors.empty() (script 'BadErrors.empty'): @LuaError(code = \"\") does not fit: a code is one "
						+ "word. Write the first word of the error that the script returns, such as "
						+ "\"OUT_OF_STOCK\"",
				"BadErrors.words() (script 'BadErrors.words'): @LuaError(code = \"OUT OF\") does not fit: a code is "
						+ "one word. Write the first word of the error that the script returns, such as "
						+ "\"OUT_OF_STOCK\"",
				"BadErrors.unspecific() (script 'BadErrors.unspecific'): @LuaError(code = \"X\") does not fit: "
						+ Unspecific.class.getName() + " is abstract. Name an exception that can be " + "created");
	}

	@Test
	void aTypeVariableThatNothingBinds() {
		String problem = ": the return type does not fit: nothing says which type T stands for. Return a type that is "
				+ "known when the application starts, or Object";
		assertFindings(Unbound.class, "Unbound.any() (script 'Unbound.any')" + problem,
				"Unbound.list() (script 'Unbound.list')" + problem,
				"Unbound.array() (script 'Unbound.array')" + problem,
				"Unbound.echo(Object) (script 'Unbound.echo')" + problem,
				"Unbound.future() (script 'Unbound.future')" + problem,
				"Unbound.bounded() (script 'Unbound.bounded')" + problem);
		assertFindings(Raw.class, "Raw.get() (script 'Raw.get')" + problem);
		assertThat(clients.create(Driver.LETTUCE, Bound.class).get()).containsExactly(1L);
	}

	@Test
	void aNameThatIsSource() {
		String advice = " is the source of one. Write @LuaScript(source = \"...\"), or put the source into a file and "
				+ "name that";
		assertFindings(SourceAsName.class,
				"SourceAsName.call(): @LuaScript names a script, but \"return redis.call('INCR', KEYS[1])\"" + advice,
				"SourceAsName.number(): @LuaScript names a script, but \"return 1\"" + advice,
				"SourceAsName.block(): @LuaScript names a script, but \"local x = 1\\nreturn x\\n\"" + advice);
	}

	@Test
	void timeoutsThatDoNotFit() {
		String advice = ". Write it with its unit: \"200ms\", \"2s\" or \"PT0.2S\"";
		assertFindings(BadTimeouts.class,
				"BadTimeouts.noUnit() (script 'BadTimeouts.noUnit'): the timeout '5' does not fit: it has no unit"
						+ advice,
				"BadTimeouts.zero() (script 'BadTimeouts.zero'): the timeout '0' does not fit: it has no unit" + advice,
				"BadTimeouts.zeroSeconds() (script 'BadTimeouts.zeroSeconds'): the timeout '0s' does not fit: it must "
						+ "be positive" + advice,
				"BadTimeouts.negative() (script 'BadTimeouts.negative'): the timeout '-2s' does not fit: it must be "
						+ "positive" + advice,
				"BadTimeouts.long_() (script 'BadTimeouts.long_'): the timeout 'P200000D' does not fit: it is longer "
						+ "than 292 years" + advice);
	}

	@Test
	void aTemplateThatNamesAParameterWithoutItsSign() {
		assertFindings(Braces.class,
				"Braces.price(String, long) (script 'Braces.price'): the key template 'price:{sku}' has the name of a "
						+ "parameter in braces, which is text. Write 'price:{#sku}', or rename the parameter if you "
						+ "mean the text",
				"Braces.property(String, StartUpErrorTests.Order) (script 'Braces.property'): the key template "
						+ "'{tag}:{user}:{order.id}:#user' has the name of a parameter in braces, which is text. "
						+ "Write '{tag}:{#user}:{#order.id}:#user', or rename the parameter if you mean the text");
	}

	@Test
	void aPlaceholderInAKeyTemplateThatCannotBeResolved() {
		assertThatExceptionOfType(LuaScriptDefinitionException.class)
			.isThrownBy(() -> factory().create(UnresolvedKey.class))
			.withMessageContaining(HERE + "UnresolvedKey.one(String)")
			.withMessageContaining("the key template '${no.such.key}:#id' does not fit")
			.withMessageContaining("no.such.key")
			.withMessageContaining("Set the property, or give a default: ${name:default}");
	}

	@Test
	void aTypeOfAnotherPackageThatIsNotPublic() throws Exception {
		Class<?> repository = compile("Hiding", """
				package acme;

				import io.github.redislua.annotation.*;

				interface Hiding extends acme.other.Base {

				}
				""", "other/Base", """
				package acme.other;

				import io.github.redislua.annotation.*;

				public interface Base {

					@LuaScript(source = "return {1}")
					Hidden hidden();

				}

				record Hidden(long value) {

				}
				""");
		assertMessage(repository, "acme.Hiding: its methods return or throw types that are not public, which its proxy "
				+ "cannot reach: acme.other.Hidden. Make these types public");
	}

	@Test
	void jsonWithoutJackson() {
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(clients.connection(Driver.LETTUCE))
			.locations("classpath*:nowhere/")
			.resources(new PathMatchingResourcePatternResolver(
					new DefaultResourceLoader(new FilteredClassLoader("tools.jackson", "com.fasterxml.jackson"))))
			.build();
		LuaScriptDefinitionException exception = catchThrowableOfType(LuaScriptDefinitionException.class,
				() -> factory.create(Json.class));
		assertThat(exception.getFindings()).map(Finding::toString)
			.containsExactlyInAnyOrder(
					HERE + "Json.send(StartUpErrorTests.Order) (script 'Json.send'): parameter 'order' cannot be "
							+ "sent: @Arg(json = true) needs Jackson on the class path" + PARAMETER_TABLE,
					HERE + "Json.read() (script 'Json.read'): the return type does not fit: "
							+ "reply = ReplyFormat.JSON needs Jackson on the class path" + RETURN_TABLE);
	}

	@Test
	void anAsynchronousReturnTypeOnJedis() {
		assertFindings(Driver.JEDIS, Asynchronous.class,
				"Asynchronous.future() (script 'Asynchronous.future'): it returns "
						+ "java.util.concurrent.CompletableFuture<java.lang.Long>, but Jedis can only wait for a "
						+ "reply. Use Lettuce (it is Spring Boot's default driver), or return java.lang.Long",
				"Asynchronous.stage() (script 'Asynchronous.stage'): it returns "
						+ "java.util.concurrent.CompletionStage<java.util.List<java.lang.String>>, but Jedis can only "
						+ "wait for a reply. Use Lettuce (it is Spring Boot's default driver), or return "
						+ "java.util.List<java.lang.String>");
	}

	@Test
	void aPlaceholderThatCannotBeResolved() {
		assertThatExceptionOfType(LuaScriptDefinitionException.class)
			.isThrownBy(() -> factory().create(Unresolved.class))
			.withMessageContaining(HERE + "Unresolved")
			.withMessageContaining("no.such.property");
		assertThatExceptionOfType(LuaScriptDefinitionException.class)
			.isThrownBy(() -> factory().create(UnresolvedName.class))
			.withMessageContaining(HERE + "UnresolvedName.one()")
			.withMessageContaining("no.such.name");
	}

	@Test
	void aClassThatIsNoInterface() {
		assertThatIllegalArgumentException().isThrownBy(() -> factory().create(Bean.class))
			.withMessage(Bean.class.getName() + " is not an interface");
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsSentForAnInterfaceThatDoesNotFit(Driver driver) {
		redis.execute("CONFIG", "RESETSTAT");
		assertThatExceptionOfType(LuaScriptDefinitionException.class)
			.isThrownBy(() -> clients.create(driver, BadParameters.class));
		assertThat((String) redis.execute("INFO", "commandstats")).doesNotContain("eval", "script");
	}

	private String location(String script) {
		return "file [" + this.temp.resolve(script) + "]";
	}

	private static LuaRepositoryFactory factory(String... locations) {
		return LuaRepositoryFactory.builder(clients.connection(Driver.LETTUCE)).locations(locations).build();
	}

	private static void assertFindings(Class<?> repository, String... findings) {
		for (Driver driver : Driver.values()) {
			assertFindings(driver, repository, findings);
		}
	}

	private static void assertFindings(Driver driver, Class<?> repository, String... findings) {
		LuaScriptDefinitionException exception = catchThrowableOfType(LuaScriptDefinitionException.class,
				() -> clients.create(driver, repository));
		assertThat(exception).isNotNull();
		assertThat(exception.getFindings()).map(Finding::toString)
			.containsExactlyInAnyOrder(Stream.of(findings).map((finding) -> HERE + finding).toArray(String[]::new));
		if (findings.length == 1) {
			assertThat(exception).hasMessage(HERE + findings[0]);
		}
		else {
			assertThat(exception).hasMessageStartingWith(findings.length + " problems with Lua scripts:\n  - " + HERE);
		}
	}

	private static void assertMessage(Class<?> repository, String message) {
		assertThatExceptionOfType(LuaScriptDefinitionException.class).isThrownBy(() -> factory().create(repository))
			.withMessage(message);
	}

	// As javac does by default: without -parameters.
	private Class<?> compile(String name, String source, String... others) throws Exception {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		List<JavaFileObject> sources = new ArrayList<>(List.of(source(name, source)));
		for (int i = 0; i < others.length; i += 2) {
			sources.add(source(others[i], others[i + 1]));
		}
		Path api = Path.of(LuaScript.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<String> options = List.of("-d", this.temp.toString(), "-cp", api.toString(), "-proc:none");
			assertThat(compiler.getTask(null, files, null, options, null, sources).call()).isTrue();
		}
		try (URLClassLoader loader = new URLClassLoader(new java.net.URL[] { this.temp.toUri().toURL() },
				getClass().getClassLoader())) {
			Class<?> compiled = loader.loadClass("acme." + name);
			// Loads what it is made of before the loader is closed.
			compiled.getMethods();
			return compiled;
		}
	}

	private static JavaFileObject source(String name, String source) {
		return new SimpleJavaFileObject(URI.create("string:///acme/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return source;
			}
		};
	}

	record Order(long id) {

	}

	static class Bean {

	}

	@SuppressWarnings("serial")
	static class Unmakeable extends RuntimeException {

		Unmakeable(int number) {
			super("number " + number);
		}

	}

	interface BadTemplates {

		@LuaScript(source = "return 1", keys = "cart:#user")
		long unknown(long userId, String item);

		@LuaScript(source = "return 1", keys = "#id")
		long none();

		@LuaScript(source = "return 1", keys = "a:# b")
		long lone(String b);

		@LuaScript(source = "return 1", keys = "o:#order.nr")
		long property(@Arg(json = true) Order order);

		@LuaScript(source = "return 1", keys = "o:#order")
		long unfit(Order order);

		@LuaScript(source = "return 1", keys = "#as:#bs")
		long collections(List<String> as, Set<String> bs);

		@LuaScript(source = "return 1", keys = "")
		long empty();

	}

	@LuaRepository(path = "limits")
	interface Limits {

		@LuaScript
		long tryAcquire();

	}

	interface Missing {

		@LuaScript
		long one();

		@LuaScript("second")
		long two();

	}

	interface Both {

		@LuaScript(value = "x", source = "return 1")
		long run();

	}

	interface Neither {

		@LuaScript(source = "return 1")
		long fine();

		long run(String text);

	}

	interface ScriptAndBody {

		@LuaScript(source = "return 1")
		default long run() {
			return 1;
		}

	}

	interface Everything {

		@LuaScript
		long missing();

		long neither();

		@LuaScript(source = "return 1", keys = "#x", timeout = "2 parsecs")
		Instant wrong(Stream<String> stream, long id);

		@LuaScript(source = "return 1")
		long fine();

	}

	interface BadParameters {

		@LuaScript(source = "return 1")
		long stream(Stream<String> values);

		@LuaScript(source = "return 1")
		long order(Order order);

		@LuaScript(source = "return 1")
		long orders(List<Order> orders);

		@LuaScript(source = "return 1")
		long nested(List<List<String>> values);

		@LuaScript(source = "return 1")
		long optionals(List<Optional<String>> values);

		@LuaScript(source = "return 1")
		long local(LocalDateTime time);

		@LuaScript(source = "return 1")
		long period(Period period);

		@LuaScript(source = "return 1")
		long months(@Arg(unit = ChronoUnit.MONTHS) Duration duration);

	}

	interface BadKeys {

		@LuaScript(source = "return 1")
		long map(@Key Map<String, String> keys);

		@LuaScript(source = "return 1", keys = "k:#keys")
		long mapInATemplate(Map<String, String> keys);

		@LuaScript(source = "return 1")
		long stream(@Key Stream<String> keys);

		@LuaScript(source = "return 1")
		long both(@Key @Arg String key);

	}

	interface BadReturnTypes {

		@LuaScript(source = "return 1")
		Bean bean();

		@LuaScript(source = "return 1")
		Map<String, List<Bean>> beans();

		@LuaScript(source = "return 1")
		Stream<String> stream();

		@LuaScript(source = "return 1")
		Instant instant();

		@LuaScript(source = "return 1")
		Set<byte[]> setOfArrays();

		@LuaScript(source = "return 1", reply = ReplyFormat.MAP)
		long withoutFields();

		@LuaScript(source = "return 1")
		Collection<String> fine();

	}

	interface BadErrors {

		@LuaScript(source = "return 1", errors = @LuaError(code = "X", exception = Unmakeable.class))
		long constructor();

		@LuaScript(source = "return 1", errors = @LuaError(code = "X", exception = Exception.class))
		long checked();

		@LuaScript(source = "return 1", errors = { @LuaError(code = "X", exception = IllegalStateException.class),
				@LuaError(code = "X", exception = IllegalArgumentException.class) })
		long twice();

		@LuaScript(source = "return 1", errors = @LuaError(code = "", exception = IllegalStateException.class))
		long empty();

		@LuaScript(source = "return 1", errors = @LuaError(code = "OUT OF", exception = IllegalStateException.class))
		long words();

		@LuaScript(source = "return 1", errors = @LuaError(code = "X", exception = Unspecific.class))
		long unspecific();

	}

	interface Json {

		@LuaScript(source = "return 1")
		long send(@Arg(json = true) Order order);

		@LuaScript(source = "return '{}'", reply = ReplyFormat.JSON)
		Order read();

		@LuaScript(source = "return {1}")
		Order fine();

	}

	interface Asynchronous {

		@LuaScript(source = "return 1")
		CompletableFuture<Long> future();

		@LuaScript(source = "return {}")
		CompletionStage<List<String>> stage();

	}

	@LuaRepository(keyPrefix = "${no.such.property}:")
	interface Unresolved {

		@LuaScript(source = "return 1")
		long one();

	}

	interface UnresolvedName {

		@LuaScript("${no.such.name}")
		long one();

	}

	interface UnresolvedKey {

		@LuaScript(source = "return 1", keys = "${no.such.key}:#id")
		long one(String id);

	}

	@SuppressWarnings("serial")
	abstract static class Unspecific extends RuntimeException {

	}

	interface Unbound {

		@LuaScript(source = "return 1")
		<T> T any();

		@LuaScript(source = "return {1}")
		<T> Map<String, List<? extends T>> list();

		@LuaScript(source = "return {1}")
		<T> T[] array();

		@LuaScript(source = "return ARGV[1]")
		<T> T echo(T value);

		@LuaScript(source = "return 1")
		<T> Optional<T> future();

		@LuaScript(source = "return 1")
		<T extends CharSequence> T bounded();

		@LuaScript(source = "return {1}")
		List<?> fine();

	}

	interface Raw<T> {

		@LuaScript(source = "return {1}")
		T get();

	}

	interface Middle<U> extends Raw<List<U>> {

	}

	interface Bound extends Middle<Long> {

	}

	interface SourceAsName {

		@LuaScript("return redis.call('INCR', KEYS[1])")
		long call();

		@LuaScript("return 1")
		long number();

		@LuaScript("""
				local x = 1
				return x
				""")
		long block();

	}

	interface BadTimeouts {

		@LuaScript(source = "return 1", timeout = "5")
		long noUnit();

		@LuaScript(source = "return 1", timeout = "0")
		long zero();

		@LuaScript(source = "return 1", timeout = "0s")
		long zeroSeconds();

		@LuaScript(source = "return 1", timeout = "-2s")
		long negative();

		@LuaScript(source = "return 1", timeout = "P200000D")
		long long_();

	}

	interface Braces {

		@LuaScript(source = "redis.call('SET', KEYS[1], ARGV[1])", keys = "price:{sku}")
		void price(String sku, long price);

		@LuaScript(source = "return 1", keys = "{tag}:{user}:{order.id}:#user")
		long property(String user, @Arg(json = true) Order order);

		@LuaScript(source = "return 1", keys = { "{tag}:#user", "{user-x}", "{cart:#user}", "{##user}", "user:user" })
		long fine(String user);

	}

}
