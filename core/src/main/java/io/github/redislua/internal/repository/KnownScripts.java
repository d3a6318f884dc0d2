package io.github.redislua.internal.repository;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.redislua.LuaScriptDefinitionException.Finding;
import io.github.redislua.LuaScriptNotFoundException;
import io.github.redislua.internal.invoke.ScriptNames;
import io.github.redislua.internal.script.Script;
import io.github.redislua.internal.script.ScriptCatalog;

/**
 * The scripts of an application: those in files, and the inline ones of its interfaces.
 * Its monitor is held while a script is chosen for a method and while a script is
 * replaced, so that no method keeps one that was replaced.
 */
public final class KnownScripts {

	private final ScriptCatalog catalog;

	private final ScriptNames names;

	KnownScripts(ScriptCatalog catalog) {
		this.catalog = catalog;
		this.names = new ScriptNames(catalog);
	}

	/**
	 * All scripts that can be called.
	 * @return the scripts by name
	 */
	public Map<String, Script> all() {
		Map<String, Script> scripts = new TreeMap<>(this.catalog.unambiguous());
		scripts.putAll(this.names.inlineScripts());
		return scripts;
	}

	/**
	 * The script of a name.
	 * @param name the name
	 * @return the script
	 * @throws LuaScriptNotFoundException if there is none
	 */
	Script get(String name) {
		Script inline = this.names.inlineScripts().get(name);
		return (inline != null) ? inline : this.catalog.get(name);
	}

	/**
	 * The scripts whose files can change.
	 * @return the scripts as they run now
	 */
	public List<Script> files() {
		return this.catalog.unambiguous().values().stream().filter((script) -> script.file() != null).toList();
	}

	/**
	 * Names that stand for several scripts, of which no method means one.
	 * @return what to say about them
	 */
	public List<Finding> ambiguities() {
		return this.catalog.ambiguous()
			.values()
			.stream()
			.map((scripts) -> this.catalog.ambiguity("redis-lua.locations", scripts))
			.toList();
	}

	/**
	 * Puts a changed script in the place of the one of its name and origin.
	 * @param script the script
	 */
	void replace(Script script) {
		this.catalog.replace(script);
	}

	ScriptNames names() {
		return this.names;
	}

}
