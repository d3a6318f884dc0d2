package io.github.redislua.samples.quickstart;

import org.junit.jupiter.api.Test;

import io.github.redislua.samples.quickstart.ratelimit.RateLimits;
import io.github.redislua.samples.quickstart.stock.Stock;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;

/**
 * The interfaces and their scripts, without a server.
 */
class ScriptsTests {

	@Test
	void interfacesAndScriptsFit() {
		assertThatScripts(RateLimits.class, Stock.class).fitsItsScriptsWithoutWarnings();
	}

}
