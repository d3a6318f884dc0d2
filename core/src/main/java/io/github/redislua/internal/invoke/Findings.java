package io.github.redislua.internal.invoke;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.LuaScriptDefinitionException.Finding;

/**
 * What does not fit about one method.
 */
final class Findings {

	private final String place;

	private final @Nullable String script;

	private final List<Finding> list = new ArrayList<>();

	Findings(String place, @Nullable String script) {
		this.place = place;
		this.script = script;
	}

	void add(String problem, String action) {
		this.list.add(new Finding(this.place, this.script, problem, action));
	}

	List<Finding> list() {
		return this.list;
	}

}
