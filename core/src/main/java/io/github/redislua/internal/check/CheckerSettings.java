package io.github.redislua.internal.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.redislua.CheckMode;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.ScriptChecker;

/**
 * What an application says of the script checker.
 */
public final class CheckerSettings {

	private CheckMode mode = CheckMode.ERROR;

	private boolean cluster;

	private final List<String> allowed = new ArrayList<>();

	private final List<String> commands = new ArrayList<>();

	private final List<String> globals = new ArrayList<>();

	private final List<String> flags = new ArrayList<>();

	public CheckMode mode() {
		return this.mode;
	}

	public void mode(CheckMode mode) {
		this.mode = mode;
	}

	public void cluster(boolean cluster) {
		this.cluster = cluster;
	}

	/**
	 * Has the checker be silent about rules.
	 * @param rules their ids
	 * @throws IllegalArgumentException if one of them is none, or none to be silent about
	 */
	public void allow(Collection<String> rules) {
		for (String id : rules) {
			Rule rule = Rule.of(id);
			if (rule == null) {
				throw new IllegalArgumentException(
						"There is no checker rule '" + id + "'. The rules are " + String.join(", ", ids()) + ".");
			}
			if (!rule.isSuppressible()) {
				throw new IllegalArgumentException("The checker rule '" + id
						+ "' cannot be allowed: Redis refuses such a script, whatever the checker says.");
			}
			this.allowed.add(id);
		}
	}

	public void commands(Collection<String> names) {
		this.commands.addAll(names);
	}

	public void globals(Collection<String> names) {
		this.globals.addAll(names);
	}

	public void flags(Collection<String> names) {
		this.flags.addAll(names);
	}

	ScriptChecker checker(boolean cluster) {
		return ScriptChecker.builder()
			.cluster(cluster || this.cluster)
			.suppress(this.allowed)
			.extraCommands(this.commands)
			.extraGlobals(this.globals)
			.extraFlags(this.flags)
			.build();
	}

	private static List<String> ids() {
		List<String> ids = new ArrayList<>();
		for (Rule rule : Rule.values()) {
			if (rule.isSuppressible()) {
				ids.add(rule.id());
			}
		}
		return ids;
	}

}
