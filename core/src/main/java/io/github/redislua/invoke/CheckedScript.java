package io.github.redislua.invoke;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.execute.ScriptExecutor;
import io.github.redislua.lint.Finding;
import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.ScriptCheck;
import io.github.redislua.lint.ScriptChecker;
import io.github.redislua.script.Script;

/**
 * A script on the servers of one connection factory, with the methods that run it there.
 */
final class CheckedScript {

	private final Script script;

	private final @Nullable ScriptExecutor executor;

	private final List<MethodContract> contracts = new ArrayList<>();

	private @Nullable ScriptCheck check;

	private @Nullable List<Finding> findings;

	/**
	 * Create a new script.
	 * @param script the script
	 * @param executor where it runs, {@code null} for the default connection factory,
	 * which nobody has asked for yet
	 */
	CheckedScript(Script script, @Nullable ScriptExecutor executor) {
		this.script = script;
		this.executor = executor;
	}

	Script script() {
		return this.script;
	}

	@Nullable ScriptExecutor executor() {
		return this.executor;
	}

	boolean runsOn(ScriptExecutor other) {
		return this.executor == null || this.executor.equals(other);
	}

	void add(MethodContract contract) {
		this.contracts.add(contract);
	}

	boolean isUsed() {
		return !this.contracts.isEmpty();
	}

	ScriptCheck check() {
		if (this.check == null) {
			throw new IllegalStateException(this.script + " was not checked");
		}
		return this.check;
	}

	void checked(ScriptCheck check) {
		this.check = check;
	}

	void again(ScriptChecker checker) {
		this.check = check().with(checker);
		this.findings = null;
	}

	List<Finding> findings() {
		List<Finding> findings = this.findings;
		if (findings == null) {
			findings = new ArrayList<>(check().findings());
			for (MethodContract contract : this.contracts) {
				findings.addAll(check().against(contract));
			}
			this.findings = findings;
		}
		return findings;
	}

}
