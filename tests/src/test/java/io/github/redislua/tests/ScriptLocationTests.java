package io.github.redislua.tests;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptDefinition;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where scripts are found, what they are called, and what is sent of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class ScriptLocationTests {

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

	@ParameterizedTest
	@EnumSource
	void aScriptIsNamedByItsPathBelowTheRoot(Driver driver) {
		String root = ScriptFiles.with("one.lua", "return 1")
			.and("stock/reserve.lua", "return 2")
			.and("a/b/c/deep.lua", "return 3")
			.and("notes.txt", "no script")
			.in(this.temp);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(clients.connection(driver)).locations(root).build();
		assertThat(names(factory)).containsExactly("a/b/c/deep", "one", "stock/reserve");
		Named named = factory.create(Named.class);
		assertThat(named.one()).isEqualTo(1);
		assertThat(named.reserve()).isEqualTo(2);
		assertThat(named.deep()).isEqualTo(3);
	}

	@Test
	void thePathOfTheInterfaceIsPutBefore() {
		String root = ScriptFiles.with("stock/reserve.lua", "return 2")
			.and("stock/eu/release_all.lua", "return 3")
			.in(this.temp);
		Stock stock = factory(root).create(Stock.class);
		assertThat(stock.reserve()).isEqualTo(2);
		assertThat(stock.release()).isEqualTo(3);
		assertThat(factory(root).create(ShortStock.class).reserve()).isEqualTo(2);
	}

	@Test
	void aMethodsNameMayBeWrittenInThreeWays() {
		String root = ScriptFiles.with("tryAcquire.lua", "return 1")
			.and("try_release.lua", "return 2")
			.and("try-all-at-once.lua", "return 3")
			.and("parse_url2_of_http_host.lua", "return 4")
			.in(this.temp);
		Spelt spelt = factory(root).create(Spelt.class);
		assertThat(spelt.tryAcquire()).isEqualTo(1);
		assertThat(spelt.tryRelease()).isEqualTo(2);
		assertThat(spelt.tryAllAtOnce()).isEqualTo(3);
		assertThat(spelt.parseURL2OfHTTPHost()).isEqualTo(4);
	}

	@Test
	void aRootNeedsNoSlashAtItsEnd() {
		String root = ScriptFiles.with("one.lua", "return 1").in(this.temp.resolve("lua"));
		assertThat(names(factory(root.substring(0, root.length() - 1)))).containsExactly("one");
	}

	@Test
	void aRootMayBeASymbolicLink() throws IOException {
		ScriptFiles.with("stock/reserve.lua", "return 1").in(this.temp.resolve("real"));
		Path link = Files.createSymbolicLink(this.temp.resolve("link"), this.temp.resolve("real"));
		assertThat(names(factory("file:" + link + "/"))).containsExactly("stock/reserve");
	}

	@Test
	void theFoldersThatAMountedVolumeHidesAreNone() throws IOException {
		Path hidden = Files.createDirectories(this.temp.resolve("..2026_11_21"));
		Files.writeString(hidden.resolve("one.lua"), "return 1");
		Files.createSymbolicLink(this.temp.resolve("..data"), hidden.getFileName());
		Files.createSymbolicLink(this.temp.resolve("one.lua"), Path.of("..data", "one.lua"));
		assertThat(names(factory("file:" + this.temp + "/"))).containsExactly("one");
	}

	@Test
	void whatCannotBeReadBelowARootIsAWarningAndTheOthersAreFound(CapturedOutput output) throws IOException {
		String root = ScriptFiles.with("stock/reserve.lua", "return 1").in(this.temp.resolve("lua"));
		Path folder = this.temp.resolve("lua/stock");
		Files.createSymbolicLink(folder.resolve("loop"), this.temp.resolve("lua"));
		Files.createSymbolicLink(folder.resolve("gone.lua"), folder.resolve("nowhere.lua"));
		Path closed = Files.createDirectory(folder.resolve("closed"), PosixFilePermissions.asFileAttribute(Set.of()));
		assertThat(names(factory(root))).containsExactly("stock/reserve");
		assertThat(output)
			.containsOnlyOnce(
					"Left out " + folder.resolve("loop") + ": the symbolic link leads to a folder that it is in")
			.containsOnlyOnce("Left out " + folder.resolve("gone.lua") + ": the symbolic link leads nowhere");
		if (!Files.isReadable(closed)) {
			assertThat(output).containsOnlyOnce("Left out " + closed + ": the application may not read it");
		}
		Files.delete(closed);
	}

	@Test
	void theUriOfAFolderIsARoot() throws IOException {
		Files.writeString(this.temp.resolve("broken.lua"), "return nothing.at.all");
		LuaRepositoryFactory factory = factory("file://" + this.temp + "/");
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> factory.scripts().execute("broken", String.class, List.of()))
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo(this.temp + "/broken.lua:1"));
	}

	@Test
	void aRootThatDoesNotExistIsEmpty() {
		assertThat(names(factory("file:" + this.temp + "/nowhere/"))).isEmpty();
		assertThat(names(factory("classpath*:nowhere/"))).isEmpty();
		assertThat(names(factory("classpath:nowhere/"))).isEmpty();
	}

	@Test
	void severalRootsAreOneCollection() {
		String one = ScriptFiles.with("one.lua", "return 1").in(this.temp.resolve("a"));
		String two = ScriptFiles.with("two.lua", "return 2").in(this.temp.resolve("b"));
		assertThat(names(factory(one, two))).containsExactly("one", "two");
	}

	@Test
	void aFileThatIsReachedTwiceUnderOneNameIsOneScript() {
		String root = ScriptFiles.with("one.lua", "return 1").in(this.temp);
		assertThat(names(factory(root, root))).containsExactly("one");
		assertThat(names(factory(root, root.substring(0, root.length() - 1)))).containsExactly("one");
	}

	@Test
	void aRootInsideARootGivesASecondName() {
		String root = ScriptFiles.with("stock/reserve.lua", "return 1").in(this.temp);
		assertThat(names(factory(root, root + "stock/"))).containsExactly("reserve", "stock/reserve");
	}

	@Test
	void aJarIsSearchedLikeAFolder() throws Exception {
		Path jar = ScriptFiles.with("lua/one.lua", "return 1")
			.and("lua/stock/reserve.lua", "return 2")
			.and("other/no.lua", "return 3")
			.inJar(this.temp.resolve("scripts.jar"), true);
		LuaRepositoryFactory factory = onClassPath(jar);
		assertThat(names(factory)).containsExactly("one", "stock/reserve");
		assertThat(factory.scripts().definition("stock/reserve").location())
			.isEqualTo("class path resource [lua/stock/reserve.lua]");
		assertThat(factory.scripts().execute("stock/reserve", Long.class, List.of())).isEqualTo(2);
	}

	@Test
	void aJarMayBeNamedAsALocation() {
		Path jar = ScriptFiles.with("lua/stock/reserve.lua", "return 2").inJar(this.temp.resolve("scripts.jar"), true);
		assertThat(names(factory("jar:file:" + jar + "!/lua/"))).containsExactly("stock/reserve");
	}

	@Test
	void folderAndJarsOfTheClassPathAreAllSearched() throws Exception {
		Path one = ScriptFiles.with("lua/one.lua", "return 1").inJar(this.temp.resolve("one.jar"), true);
		Path two = ScriptFiles.with("lua/two.lua", "return 2").inJar(this.temp.resolve("two.jar"), true);
		ScriptFiles.with("lua/three.lua", "return 3").in(this.temp.resolve("classes"));
		assertThat(names(onClassPath(one, two, this.temp.resolve("classes")))).containsExactly("one", "three", "two");
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "a+b", "grün", "a&b=c", "(x)", "a#b", "100%", "%41" })
	void aFolderMayHaveAnyName(String folder) {
		Path root = this.temp.resolve(folder).resolve("lua");
		String plain = ScriptFiles.with("stock/reserve.lua", "return 1").in(root);
		assertThat(names(factory(root.toUri().toString()))).containsExactly("stock/reserve");
		// In a URL these have a meaning of their own.
		if (!folder.matches(".*[#%].*")) {
			assertThat(names(factory(plain))).containsExactly("stock/reserve");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "a+b", "grün", "a#b", "a&b=c", "(x)", "100%", "%41" })
	void aFolderOnTheClassPathMayHaveAnyName(String folder) throws Exception {
		ScriptFiles.with("lua/stock/reserve.lua", "return 1").in(this.temp.resolve(folder));
		assertThat(names(onClassPath(this.temp.resolve(folder)))).containsExactly("stock/reserve");
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "a+b", "grün", "a#b", "(x)", "100%", "%41" })
	void aJarMayHaveAnyName(String name) throws Exception {
		Path jar = ScriptFiles.with("lua/stock/reserve.lua", "return 1").inJar(this.temp.resolve(name + ".jar"), true);
		assertThat(names(onClassPath(jar))).containsExactly("stock/reserve");
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "a+b", "grün", "a.b", "a&b=c", "(x)", "a#b", "100%", "%41", "a%2Bb" })
	void aScriptMayHaveAnyNameInAFolder(String name) {
		String script = "some folder/" + name;
		LuaRepositoryFactory factory = factory(ScriptFiles.with(script + ".lua", "return 7").in(this.temp));
		assertThat(names(factory)).containsExactly(script);
		assertThat(factory.scripts().execute(script, Long.class, List.of())).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "a+b", "grün", "a.b", "a&b=c", "(x)", "a#b" })
	void aScriptMayHaveAnyNameInAJarButWithAPercentSign(String name) throws Exception {
		String script = "some folder/" + name;
		LuaRepositoryFactory factory = onClassPath(
				ScriptFiles.with("lua/" + script + ".lua", "return 7").inJar(this.temp.resolve("scripts.jar"), true));
		assertThat(names(factory)).containsExactly(script);
		assertThat(factory.scripts().execute(script, Long.class, List.of())).isEqualTo(7);
	}

	@Test
	void twoScriptsOfOneNameAreAnErrorThatNamesBothIfAMethodMeansThem() throws Exception {
		Path jar = ScriptFiles.with("lua/one.lua", "return 1").inJar(this.temp.resolve("one.jar"), true);
		ScriptFiles.with("lua/one.lua", "return 1").in(this.temp.resolve("classes"));
		LuaRepositoryFactory factory = onClassPath(jar, this.temp.resolve("classes"));
		String file = "file:" + this.temp + "/classes/lua/one.lua";
		String entry = "jar:file:" + jar + "!/lua/one.lua";
		assertThatExceptionOfType(LuaScriptDefinitionException.class).isThrownBy(() -> factory.create(One.class))
			.withMessage(
					"io.github.redislua.tests.ScriptLocationTests.One.one() (script 'one'): there are 2 scripts of "
							+ "this name: " + file + " and " + entry
							+ ". Keep one of them, rename the others, or narrow redis-lua.locations");
	}

	@Test
	void twoScriptsOfOneNameThatNoMethodMeansAreNotFatal() {
		String one = ScriptFiles.with("one.lua", "return 1").and("same.lua", "return 2").in(this.temp.resolve("a"));
		String two = ScriptFiles.with("same.lua", "return 3").in(this.temp.resolve("b"));
		LuaRepositoryFactory factory = factory(one, two);
		assertThat(factory.create(One.class).one()).isEqualTo(1);
		assertThat(names(factory)).contains("one").doesNotContain("same");
		assertThatExceptionOfType(LuaScriptDefinitionException.class)
			.isThrownBy(() -> factory.scripts().execute("same", Long.class, List.of()))
			.withMessage("LuaScripts (script 'same'): there are 2 scripts of this name: " + one + "same.lua and " + two
					+ "same.lua. Keep one of them, rename the others, or narrow redis-lua.locations");
	}

	@ParameterizedTest
	@EnumSource
	void aByteOrderMarkIsDropped(Driver driver) throws Exception {
		String root = ScriptFiles.with("one.lua", "\uFEFFreturn 1")
			.and("two.lua", "\uFEFF#!lua flags=no-writes\nreturn 2")
			.in(this.temp);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(clients.connection(driver)).locations(root).build();
		assertThat(factory.scripts().definition("one").sha1()).isEqualTo(sha1("return 1"));
		assertThat(factory.scripts().definition("two").flags()).containsExactly("no-writes");
		assertThat(factory.scripts().definition("two").readOnly()).isTrue();
		assertThat(factory.scripts().execute("one", Long.class, List.of())).isEqualTo(1);
		assertThat(factory.scripts().execute("two", Long.class, List.of())).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void lineEndsOfWindowsAreSentAsTheyAre(Driver driver) throws Exception {
		String source = "#!lua flags=no-writes\r\nlocal one = 1\r\nreturn one\r\n";
		String root = ScriptFiles.with("one.lua", source).in(this.temp);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(clients.connection(driver)).locations(root).build();
		LuaScriptDefinition definition = factory.scripts().definition("one");
		assertThat(definition.sha1()).isEqualTo(sha1(source));
		assertThat(definition.readOnly()).isTrue();
		assertThat(factory.create(One.class).one()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void theBytesOfTheFileAreSent(Driver driver) {
		String root = ScriptFiles.with("latin1.lua", "return 'grün'".getBytes(StandardCharsets.ISO_8859_1))
			.and("utf8.lua", "return 'grün'")
			.in(this.temp);
		LuaRepositoryFactory factory = LuaRepositoryFactory.builder(clients.connection(driver)).locations(root).build();
		assertThat(factory.scripts().execute("latin1", byte[].class, List.of()))
			.isEqualTo("grün".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(factory.scripts().execute("utf8", String.class, List.of())).isEqualTo("grün");
	}

	@ParameterizedTest
	@EnumSource
	void anErrorNamesTheFileAndTheLine(Driver driver) throws Exception {
		Path jar = ScriptFiles.with("lua/stock/reserve.lua", "\n\nreturn redis.call('NOSUCH')")
			.inJar(this.temp.resolve("scripts.jar"), true);
		LuaRepositoryFactory factory = onClassPath(driver, jar);
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> factory.scripts().execute("stock/reserve", Long.class, List.of()))
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo("lua/stock/reserve.lua:3"))
			.satisfies((ex) -> assertThat(ex.getScriptName()).isEqualTo("stock/reserve"));
	}

	@Test
	void anUnknownNameIsAnErrorWithTheNearestOnes() {
		String root = ScriptFiles.with("stock/reserve.lua", "return 1")
			.and("stock/release.lua", "return 1")
			.in(this.temp);
		assertThatExceptionOfType(LuaScriptNotFoundException.class)
			.isThrownBy(() -> factory(root).scripts().execute("stock/resreve", Long.class, List.of()))
			.withMessage("There is no Lua script 'stock/resreve'. Looked in [" + root
					+ "]; did you mean 'stock/reserve', 'stock/release'?");
		assertThatExceptionOfType(LuaScriptNotFoundException.class)
			.isThrownBy(() -> factory("classpath*:nowhere/").scripts().definition("x"))
			.withMessage(
					"There is no Lua script 'x'. Looked in [classpath*:nowhere/], where there is no script at all");
	}

	private static List<String> names(LuaRepositoryFactory factory) {
		return factory.scripts().definitions().stream().map(LuaScriptDefinition::name).toList();
	}

	private static LuaRepositoryFactory factory(String... locations) {
		return LuaRepositoryFactory.builder(clients.connection(Driver.LETTUCE)).locations(locations).build();
	}

	private static LuaRepositoryFactory onClassPath(Path... entries) throws IOException {
		return onClassPath(Driver.LETTUCE, entries);
	}

	private static LuaRepositoryFactory onClassPath(Driver driver, Path... entries) throws IOException {
		URL[] urls = new URL[entries.length];
		for (int i = 0; i < urls.length; i++) {
			urls[i] = entries[i].toUri().toURL();
		}
		try (URLClassLoader classLoader = new URLClassLoader(urls, null)) {
			return LuaRepositoryFactory.builder(clients.connection(driver))
				.resources(new PathMatchingResourcePatternResolver(new DefaultResourceLoader(classLoader)))
				.build();
		}
	}

	private static String sha1(String source) throws Exception {
		return HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8)));
	}

	interface Named {

		@LuaScript
		long one();

		@LuaScript("stock/reserve")
		long reserve();

		@LuaScript(name = "a/b/c/deep")
		long deep();

	}

	interface One {

		@LuaScript
		long one();

	}

	@LuaRepository(path = "/stock/")
	interface Stock {

		@LuaScript
		long reserve();

		@LuaScript("eu/release_all")
		long release();

	}

	@LuaRepository("stock")
	interface ShortStock {

		@LuaScript
		long reserve();

	}

	interface Spelt {

		@LuaScript
		long tryAcquire();

		@LuaScript
		long tryRelease();

		@LuaScript
		long tryAllAtOnce();

		@LuaScript
		long parseURL2OfHTTPHost();

	}

}
