package io.github.redislua.internal.repository;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.redislua.LuaScriptDefinition;
import io.github.redislua.LuaScripts;
import io.github.redislua.internal.invoke.PipelineScope;

/**
 * What an application sees of the scripts.
 */
final class LuaScriptsFacade implements LuaScripts {

	private final KnownScripts scripts;

	private final ScriptLoading loading;

	private final NamedCalls calls;

	LuaScriptsFacade(KnownScripts scripts, ScriptLoading loading, NamedCalls calls) {
		this.scripts = scripts;
		this.loading = loading;
		this.calls = calls;
	}

	@Override
	public Collection<LuaScriptDefinition> definitions() {
		return List.copyOf(this.scripts.all().values());
	}

	@Override
	public LuaScriptDefinition definition(String name) {
		return this.scripts.get(name);
	}

	@Override
	public Map<String, Integer> preload() {
		return this.loading.preload();
	}

	@Override
	public <T> @Nullable T execute(String name, Class<T> type, List<?> keys, Object... args) {
		Assert.notNull(args, "The array of arguments must not be null");
		return this.calls.execute(name, type, keys, args);
	}

	@Override
	public List<@Nullable Object> pipelined(Runnable calls) {
		return PipelineScope.run(calls);
	}

}
