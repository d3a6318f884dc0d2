package io.github.redislua.internal.repository;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringValueResolver;

import io.github.redislua.LuaScripts;
import io.github.redislua.internal.check.ScriptVerifier;
import io.github.redislua.internal.invoke.Codecs;
import io.github.redislua.internal.monitor.Monitoring;
import io.github.redislua.internal.script.ScriptCatalog;

/**
 * The parts of the library behind one {@code LuaRepositoryFactory}, put together.
 */
public final class ScriptParts {

	private final KnownScripts scripts;

	private final Repositories repositories;

	private final RepositoryChecks checks;

	private final ScriptLoading loading;

	private final ScriptReload reload;

	private final ScriptOverview overview;

	private final LuaScripts facade;

	/**
	 * Puts the parts together.
	 * @param catalog the scripts in files
	 * @param codecs how values are written and read
	 * @param placeholders resolves placeholders in annotations
	 * @param keyPrefix what to put before every key, possibly empty
	 * @param connections the servers
	 * @param monitoring what is known of the calls afterwards
	 * @param verifier has scripts checked, {@code null} if they are not to be
	 */
	public ScriptParts(ScriptCatalog catalog, Codecs codecs, StringValueResolver placeholders, String keyPrefix,
			ConnectionFactories connections, Monitoring monitoring, @Nullable ScriptVerifier verifier) {
		this.scripts = new KnownScripts(catalog);
		this.repositories = new Repositories(this.scripts, codecs, placeholders, keyPrefix, connections, monitoring);
		NamedCalls namedCalls = new NamedCalls(this.scripts, codecs, keyPrefix, connections, monitoring);
		this.checks = new RepositoryChecks(this.scripts, this.repositories, codecs, connections, verifier);
		this.loading = new ScriptLoading(this.scripts, this.repositories, connections, this.checks);
		this.reload = new ScriptReload(this.scripts, this.repositories, namedCalls, this.checks, this.loading);
		this.overview = new ScriptOverview(this.scripts, this.repositories, this.checks, this.loading, this.reload,
				monitoring.statistics());
		this.facade = new LuaScriptsFacade(this.scripts, this.loading, namedCalls);
	}

	/**
	 * Makes an object that implements an interface, and checks the scripts that it runs.
	 * @param <T> the interface
	 * @param repository the interface
	 * @return the object
	 */
	public <T> T create(Class<T> repository) {
		T proxy = this.repositories.create(repository);
		this.checks.checkOnce(repository);
		return proxy;
	}

	/**
	 * Checks interfaces and the scripts that they run.
	 * @param repositories interfaces
	 */
	public void check(Collection<Class<?>> repositories) {
		this.checks.check(List.copyOf(repositories));
	}

	public LuaScripts facade() {
		return this.facade;
	}

	public KnownScripts scripts() {
		return this.scripts;
	}

	public Repositories repositories() {
		return this.repositories;
	}

	public RepositoryChecks checks() {
		return this.checks;
	}

	public ScriptLoading loading() {
		return this.loading;
	}

	public ScriptReload reload() {
		return this.reload;
	}

	public ScriptOverview overview() {
		return this.overview;
	}

}
