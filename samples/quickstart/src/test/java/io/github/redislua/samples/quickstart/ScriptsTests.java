package io.github.redislua.samples.quickstart;

import org.junit.jupiter.api.Test;

import io.github.redislua.samples.quickstart.ratelimit.RateLimits;
import io.github.redislua.samples.quickstart.stock.Stock;
import io.github.redislua.test.LuaScriptAssert;

/**
 * The interfaces and their scripts, without a server.
 */
class ScriptsTests {

	@Test
	void interfacesAndScriptsFit() {
		LuaScriptAssert.assertThat(RateLimits.class, Stock.class).fitsItsScriptsWithoutWarnings();
	}

}
