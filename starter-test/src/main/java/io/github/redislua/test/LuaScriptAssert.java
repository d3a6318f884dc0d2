package io.github.redislua.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.redislua.LuaRepositoryFactory;
import io.github.redislua.LuaScriptDefinitionException;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.internal.check.CheckReports;
import io.github.redislua.internal.check.Verification;
import io.github.redislua.internal.repository.ScriptParts;
import io.github.redislua.lint.Report;
import io.github.redislua.lint.Severity;

/**
 * Assertions about interfaces and the scripts that they call. Start one with
 * {@link LuaScriptAssertions#assertThatScripts}.
 */
public final class LuaScriptAssert extends AbstractAssert<LuaScriptAssert, List<Class<?>>> {

	private final List<Consumer<LuaRepositoryFactory.Builder>> settings = new ArrayList<>();

	private final Map<String, Object> properties = new HashMap<>();

	LuaScriptAssert(List<Class<?>> repositories) {
		super(repositories, LuaScriptAssert.class);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		this.settings.add((factory) -> factory.placeholders(environment::resolveRequiredPlaceholders));
	}

	/**
	 * Looks for scripts in these places.
	 * @param locations roots, as {@code redis-lua.locations} has them
	 * @return this
	 */
	public LuaScriptAssert withLocations(String... locations) {
		return with((factory) -> factory.locations(locations));
	}

	/**
	 * Sets a property that annotations have a placeholder for.
	 * @param name its name
	 * @param value its value
	 * @return this
	 */
	public LuaScriptAssert withProperty(String name, Object value) {
		this.properties.put(name, value);
		return this;
	}

	/**
	 * Checks the scripts for a cluster.
	 * @return this
	 */
	public LuaScriptAssert onCluster() {
		return with((factory) -> factory.checkerCluster(true));
	}

	/**
	 * Turns rules of the checker off.
	 * @param rules their ids, as {@code redis-lua.checker.allow} has them
	 * @return this
	 */
	public LuaScriptAssert suppressing(String... rules) {
		return with((factory) -> factory.checkerAllow(rules));
	}

	/**
	 * Commands that the servers in use have beyond Redis, for example those of modules.
	 * @param names their names, as {@code redis-lua.checker.commands} has them
	 * @return this
	 */
	public LuaScriptAssert withCommands(String... names) {
		return with((factory) -> factory.checkerCommands(names));
	}

	/**
	 * Global variables that the servers in use define for scripts.
	 * @param names their names, as {@code redis-lua.checker.globals} has them
	 * @return this
	 */
	public LuaScriptAssert withGlobals(String... names) {
		return with((factory) -> factory.checkerGlobals(names));
	}

	/**
	 * Flags that the servers in use accept in a script's first line.
	 * @param names their names, as {@code redis-lua.checker.flags} has them
	 * @return this
	 */
	public LuaScriptAssert withFlags(String... names) {
		return with((factory) -> factory.checkerFlags(names));
	}

	/**
	 * Changes any other setting, for example the application's converters.
	 * @param factory changes the factory
	 * @return this
	 */
	public LuaScriptAssert with(Consumer<LuaRepositoryFactory.Builder> factory) {
		this.settings.add(factory);
		return this;
	}

	/**
	 * Verifies that each method has a script, that its parameters can be sent and its
	 * reply can be read, and that the script checker finds no error.
	 * @return this
	 * @throws AssertionError with all findings
	 */
	public LuaScriptAssert fitsItsScripts() {
		return check(Severity.ERROR);
	}

	/**
	 * Verifies what {@link #fitsItsScripts()} does, and that the script checker has no
	 * warning.
	 * @return this
	 * @throws AssertionError with all findings
	 */
	public LuaScriptAssert fitsItsScriptsWithoutWarnings() {
		return check(Severity.WARN);
	}

	private LuaScriptAssert check(Severity least) {
		isNotNull();
		Report report = report();
		if (report != null
				&& report.findings().stream().anyMatch((finding) -> finding.severity().compareTo(least) <= 0)) {
			fail(CheckReports.heading(report) + "\n" + report);
		}
		return this;
	}

	private @Nullable Report report() {
		LuaRepositoryFactory.Builder factory = LuaRepositoryFactory.offline();
		this.settings.forEach((setting) -> setting.accept(factory));
		try {
			Verification verification = factory.build().unwrap(ScriptParts.class).checks().inspect(this.actual);
			return (verification != null) ? verification.report() : null;
		}
		catch (LuaScriptDefinitionException | LuaScriptNotFoundException ex) {
			fail(String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private void fail(String problem) {
		String names = this.actual.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
		failWithMessage("%s", "%s and the scripts do not fit.%n%s".formatted(names, problem));
	}

}
