package io.github.redislua.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The name of a script is looked up among the scripts that were found at the start. It is
 * never a path, whoever chose it.
 */
class ScriptNameTests {

	private static LocalRedis redis;

	private static Clients clients;

	private final List<String> accesses = new CopyOnWriteArrayList<>();

	@TempDir
	private Path temp;

	private LuaRepositoryFactory factory;

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

	@BeforeEach
	void scan() {
		ScriptFiles.with("secret.lua", "return 'secret'").in(this.temp);
		String root = ScriptFiles.with("one.lua", "return 'one'")
			.and("stock/reserve.lua", "return 'reserve'")
			.in(this.temp.resolve("lua"));
		this.factory = LuaRepositoryFactory.builder(clients.connection(Driver.LETTUCE))
			.locations(root)
			.resources(new Watched())
			.build();
		assertThat(this.factory.scripts().execute("one", String.class, List.of())).isEqualTo("one");
		assertThat(this.accesses).as("the scan").isNotEmpty();
		this.accesses.clear();
		redis.execute("CONFIG", "RESETSTAT");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "../secret", "../secret.lua", "..%2fsecret", "%2e%2e/secret", "..\\secret", "../../etc/passwd",
					"../../../../../../../../etc/passwd", "/etc/passwd", "file:/etc/passwd", "file:../secret",
					"classpath:lua/ratelimit/try_acquire", "classpath*:**/*.lua", "jar:file:/tmp/a.jar!/secret",
					"https://example.com/secret", "one.lua", "./one", "/one", "one/", "stock/../one", "stock//reserve",
					"stock", "ONE", "*", "**", "one\0", "one\n", " one", "", "${user.home}", "#{1}" })
	void aNameIsNoPath(String name) {
		assertThatExceptionOfType(LuaScriptNotFoundException.class)
			.isThrownBy(() -> this.factory.scripts().definition(name))
			.satisfies((ex) -> assertThat(ex.getScriptName()).isEqualTo(name));
		assertThatExceptionOfType(LuaScriptNotFoundException.class)
			.isThrownBy(() -> this.factory.scripts().execute(name, String.class, List.of()))
			.satisfies((ex) -> assertThat(ex.getScriptName()).isEqualTo(name));
		assertThat(this.accesses).as("resources that were looked for").isEmpty();
		assertThat(Statistics.calls(redis, "evalsha") + Statistics.calls(redis, "script|load")).isZero();
	}

	@Test
	void norInAnAnnotation() {
		assertThatExceptionOfType(LuaScriptNotFoundException.class)
			.isThrownBy(() -> this.factory.create(Outside.class));
		assertThat(this.accesses).isEmpty();
	}

	interface Outside {

		@LuaScript("../secret")
		String secret();

	}

	/**
	 * Notes what is looked for.
	 */
	private final class Watched extends PathMatchingResourcePatternResolver {

		Watched() {
			super(new DefaultResourceLoader());
		}

		@Override
		public Resource getResource(String location) {
			ScriptNameTests.this.accesses.add(location);
			return super.getResource(location);
		}

		@Override
		public Resource[] getResources(String pattern) throws IOException {
			ScriptNameTests.this.accesses.add(pattern);
			return super.getResources(pattern);
		}

	}

}
