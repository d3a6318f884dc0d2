package io.github.redislua.internal.check;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.codec.reply.ReplyDecoders;
import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.invoke.ScriptMethod;
import io.github.redislua.internal.script.Script;

/**
 * Collects what is to be checked: each script once for each connection factory.
 */
public final class CheckedScripts {

	private final MethodContracts contracts;

	private final Map<ScriptExecutor, Map<Script, CheckedScript>> used = new LinkedHashMap<>();

	private final Set<Script> scripts = new HashSet<>();

	private final List<CheckedScript> all = new ArrayList<>();

	public CheckedScripts(ReplyDecoders replies) {
		this.contracts = new MethodContracts(replies);
	}

	/**
	 * Adds a method.
	 * @param repository the interface
	 * @param method the method
	 * @param call the method as a call
	 * @param script the script, which need not be the one that it runs now
	 */
	public void add(Class<?> repository, Method method, ScriptMethod call, Script script) {
		this.used.computeIfAbsent(call.executor(), (key) -> new LinkedHashMap<>())
			.computeIfAbsent(script, (key) -> add(script, call.executor()))
			.add(this.contracts.of(repository, method, call.binder()));
	}

	/**
	 * Adds a script, unless a method that was added runs it.
	 * @param script the script
	 * @param executor where it would run, {@code null} if that is not known yet
	 */
	public void addUnused(Script script, @Nullable ScriptExecutor executor) {
		if (!this.scripts.contains(script)) {
			add(script, executor);
		}
	}

	private CheckedScript add(Script script, @Nullable ScriptExecutor executor) {
		CheckedScript checked = new CheckedScript(script, executor);
		this.scripts.add(script);
		this.all.add(checked);
		return checked;
	}

	public Collection<CheckedScript> all() {
		return this.all;
	}

}
