package io.github.redislua.test;

import java.util.List;

/**
 * Entry point for assertions about scripts: they need neither a server nor an
 * application.
 *
 * <pre class="code">
 * import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
 *
 * &#64;Test
 * void interfaceAndScriptsFit() {
 *     assertThatScripts(RateLimits.class).fitsItsScripts();
 * }
 * </pre>
 */
public final class LuaScriptAssertions {

	private LuaScriptAssertions() {
	}

	/**
	 * Starts an assertion on interfaces and the scripts that they call. Scripts are
	 * looked up in {@code classpath*:lua/} unless {@link LuaScriptAssert#withLocations}
	 * names other places.
	 * @param repositories interfaces with {@code @LuaScript} methods
	 * @return the assertion
	 */
	public static LuaScriptAssert assertThatScripts(Class<?>... repositories) {
		return new LuaScriptAssert(List.of(repositories));
	}

}
