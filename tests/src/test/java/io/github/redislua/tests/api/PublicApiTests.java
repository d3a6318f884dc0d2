package io.github.redislua.tests.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.redislua.LuaScripts;
import io.github.redislua.autoconfigure.LuaScriptsAutoConfiguration;
import io.github.redislua.test.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users compile against changes on purpose only.
 */
class PublicApiTests {

	private static final Path LISTS = Path.of("../src/test/resources/public-api");

	static Stream<Arguments> modules() {
		return Stream.of(
				Arguments.of("core", LuaScripts.class,
						Set.of("io.github.redislua", "io.github.redislua.annotation", "io.github.redislua.observe")),
				Arguments.of("autoconfigure", LuaScriptsAutoConfiguration.class,
						Set.of("io.github.redislua.autoconfigure")),
				Arguments.of("starter-test", LocalRedis.class, Set.of("io.github.redislua.test")));
	}

	@ParameterizedTest
	@MethodSource("modules")
	void thePublicApiIsTheOneThatIsListed(String module, Class<?> anchor, Set<String> packages) throws IOException {
		String api = PublicApi.of(anchor, packages);
		Path list = LISTS.resolve(module + ".txt");
		if (Boolean.getBoolean("public-api.write")) {
			Files.createDirectories(LISTS);
			Files.writeString(list, api);
		}
		assertThat(api)
			.as("""
					The public API of %s is not the one in tests/src/test/resources/public-api/%s.txt. \
					If you mean to change it, renew the list and commit it:
					mvn -o test -pl tests/boot-4.1 -am -Dtest=PublicApiTests -Dsurefire.failIfNoSpecifiedTests=false -Dpublic-api.write=true
					""",
					module, module)
			.isEqualTo(Files.readString(list));
	}

	@ParameterizedTest
	@MethodSource("modules")
	void noInternalTypeIsInIt(String module, Class<?> anchor, Set<String> packages) {
		assertThat(PublicApi.of(anchor, packages).lines()).noneMatch(
				(line) -> line.contains("io.github.redislua.internal.") || line.contains("io.github.redislua.lint."));
	}

}
