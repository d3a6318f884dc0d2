package io.github.redislua.tests;

import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at exceptions that say that the server cannot run a script now.
 */
final class Unavailable {

	private Unavailable() {
	}

	static void assertThatIsOne(Throwable ex, String script, String code) {
		assertThat(ex).isInstanceOf(TransientDataAccessResourceException.class)
			.hasMessageContaining("'" + script + "'")
			.hasMessageContaining(code);
		assertThat(ex.getClass().getSimpleName()).isEqualTo("LuaScriptUnavailableException");
		assertThat((Object) ex).extracting("scriptName", "code").containsExactly(script, code);
	}

}
