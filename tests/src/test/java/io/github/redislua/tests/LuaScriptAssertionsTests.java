package io.github.redislua.tests;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.redislua.annotation.Key;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LuaScriptAssert;
import io.github.redislua.tests.slice.Counters;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Interfaces and their scripts in a test, without a server.
 */
class LuaScriptAssertionsTests {

	@TempDir
	private Path folder;

	@Test
	void anInterfaceThatFitsItsScripts() {
		assertThatScripts(Counters.class).fitsItsScripts().fitsItsScriptsWithoutWarnings();
	}

	@Test
	void anErrorFailsWithTheWholeReport() {
		String location = ScriptFiles.with("add.lua", "local unused = redis.call('GET', 'users')\nreturn KEYS[2]")
			.in(this.folder);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatScripts(Adder.class).withLocations(location).fitsItsScripts())
			.withMessage(
					"""
							Adder and the scripts do not fit.
							The script checker found 1 error and 3 warnings:
							%1$s:1:1: warning: Adder.add(String,int) supplies 1 argument, but the script never reads ARGV[1] [unused]
							   1 | local unused = redis.call('GET', 'users')
							     | ^
							%1$s:1:1: warning: Adder.add(String,int) supplies 1 key, but the script never reads KEYS[1] [unused]
							   1 | local unused = redis.call('GET', 'users')
							     | ^
							%1$s:1:34: warning: the key 'users' is not declared in KEYS [undeclared-key]
							   1 | local unused = redis.call('GET', 'users')
							     |                                  ^~~~~~~
							     = on a cluster it may be on another node: pass it in KEYS
							%1$s:2:8: error: script reads KEYS[2], but Adder.add(String,int) supplies 1 key [count]
							   2 | return KEYS[2]
							     |        ^~~~~~~
							     = add a key to the method (a @Key parameter or a template)"""
						.formatted(this.folder + "/add.lua"));
	}

	@Test
	void aWarningFailsOnRequest() {
		String location = ScriptFiles.with("add.lua", "return KEYS[1]").in(this.folder);
		LuaScriptAssert adder = assertThatScripts(Adder.class).withLocations(location).fitsItsScripts();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(adder::fitsItsScriptsWithoutWarnings)
			.withMessageContaining("The script checker found 1 warning:\n")
			.withMessageContaining("the script never reads ARGV[1] [unused]");
		adder.suppressing("unused").fitsItsScriptsWithoutWarnings();
	}

	@Test
	void onAClusterALiteralKeyIsAnError() {
		String location = ScriptFiles.with("add.lua", "return redis.call('INCRBY', 'users', ARGV[1]) .. KEYS[1]")
			.in(this.folder);
		LuaScriptAssert adder = assertThatScripts(Adder.class).withLocations(location).fitsItsScripts();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> adder.onCluster().fitsItsScripts())
			.withMessageContaining(":1:29: error: ")
			.withMessageContaining("[undeclared-key]");
	}

	@Test
	void whatDoesNotFitJavaFailsToo() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(
					() -> assertThatScripts(Adder.class).withLocations(this.folder.toUri().toString()).fitsItsScripts())
			.withMessageStartingWith("Adder and the scripts do not fit.\n")
			.withMessageContaining("LuaScriptAssertionsTests.Adder.add(String, int): there is no Lua script 'add'");
	}

	@Test
	void severalInterfacesAreOneReport() {
		String location = ScriptFiles.with("add.lua", "return KEYS[1] .. ARGV[2]")
			.and("sub/take.lua", "return KEYS[2]")
			.in(this.folder);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatScripts(Adder.class, Taker.class).withLocations(location)
				.withProperty("folder", "sub")
				.fitsItsScripts())
			.withMessageStartingWith("Adder, Taker and the scripts do not fit.\n")
			.withMessageContaining("Adder.add(String,int) supplies 1 argument [count]")
			.withMessageContaining("Taker.take(String) supplies 1 key [count]");
	}

	@Test
	void commandsOfModulesCanBeNamed() {
		String location = ScriptFiles.with("add.lua", "return redis.call('BF.ADD', KEYS[1], ARGV[1])").in(this.folder);
		LuaScriptAssert adder = assertThatScripts(Adder.class).withLocations(location);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(adder::fitsItsScriptsWithoutWarnings)
			.withMessageContaining("BF.ADD exists only where its module is loaded [version]");
		adder.withCommands("bf.add").fitsItsScriptsWithoutWarnings();
	}

	@Test
	void aDescriptionComesFirst() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatScripts(Adder.class).as("the adder")
				.withLocations(this.folder.toUri().toString())
				.fitsItsScripts())
			.withMessageStartingWith("[the adder] Adder and the scripts do not fit.");
	}

	interface Adder {

		@LuaScript
		String add(@Key String key, int amount);

	}

	@LuaRepository(path = "${folder}")
	interface Taker {

		@LuaScript
		String take(@Key String key);

	}

}
