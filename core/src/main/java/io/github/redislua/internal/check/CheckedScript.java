package io.github.redislua.internal.check;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.internal.execute.ScriptExecutor;
import io.github.redislua.internal.script.Script;
import io.github.redislua.lint.Finding;
import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.ScriptCheck;
import io.github.redislua.lint.ScriptChecker;

/**
 * A script on the servers of one connection factory, with the methods that run it there.
 */
public final class CheckedScript {

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
	public CheckedScript(Script script, @Nullable ScriptExecutor executor) {
		this.script = script;
		this.executor = executor;
	}

	public Script script() {
		return this.script;
	}

	public @Nullable ScriptExecutor executor() {
		return this.executor;
	}

	public boolean runsOn(ScriptExecutor other) {
		return this.executor == null || this.executor.equals(other);
	}

	public void add(MethodContract contract) {
		this.contracts.add(contract);
	}

	public boolean isUsed() {
		return !this.contracts.isEmpty();
	}

	public ScriptCheck check() {
		if (this.check == null) {
			throw new IllegalStateException(this.script + " was not checked");
		}
		return this.check;
	}

	public void checked(ScriptCheck check) {
		this.check = check;
	}

	public void again(ScriptChecker checker) {
		this.check = check().with(checker);
		this.findings = null;
	}

	public List<Finding> findings() {
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
