package io.github.redislua.lint.rules;

import java.util.Set;

import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.command.CommandTable;
import io.github.redislua.lint.model.ArrayRead;
import io.github.redislua.lint.model.ArrayUse;
import io.github.redislua.lint.model.CallUse;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.model.Shebang;
import io.github.redislua.lint.report.Problems;

/**
 * All rules about a script that could be parsed.
 */
public final class ScriptRules {

	private final ScriptModel model;

	private final Shebang shebang;

	private final CommandRules commands;

	private ScriptRules(ScriptModel model, Shebang shebang, CommandRules commands) {
		this.model = model;
		this.shebang = shebang;
		this.commands = commands;
	}

	/**
	 * Checks a script by itself.
	 * @param model the script
	 * @param shebang its first line
	 * @param problems where to report what is found
	 * @param servers what is known of the servers
	 * @return the rules, to hold the script against methods
	 */
	public static ScriptRules check(ScriptModel model, Shebang shebang, Problems problems, Servers servers) {
		new GlobalRules(model, problems, servers.extraGlobals()).check();
		indexes(model.keys(), problems);
		indexes(model.arguments(), problems);
		KeyRules keys = new KeyRules(model, problems, servers.cluster());
		CommandRules commands = new CommandRules(model, problems, servers.commands(), keys);
		commands.check();
		keys.report();
		new ReturnRules(model, problems).check();
		if (shebang.has("no-writes")) {
			new ContractRules(model, problems, shebang).readOnly(commands.writes, "the script (flag no-writes)");
		}
		if (servers.cluster() && shebang.has("no-cluster")) {
			problems.add(Rule.SHEBANG, Severity.ERROR, 0, shebang.end(),
					"a cluster refuses a script with the flag no-cluster", null);
		}
		if (!model.commands().isEmpty() && !model.globals().contains("KEYS")) {
			CallUse first = model.commands().get(0);
			problems.add(Rule.NO_KEYS, Severity.INFO, first.call().start(), first.call().end(),
					"the script calls commands but declares no keys: some managed clusters refuse it", null);
		}
		return new ScriptRules(model, shebang, commands);
	}

	private static void indexes(ArrayUse use, Problems problems) {
		if (use.isWritten()) {
			return;
		}
		for (ArrayRead read : use.reads()) {
			if (read.index() < 1 || read.index() != Math.rint(read.index())) {
				boolean whole = read.index() == Math.rint(read.index());
				String index = whole ? String.valueOf((long) read.index()) : String.valueOf(read.index());
				problems.add(Rule.INDEX, read.expr(), use.name() + "[" + index + "] is always nil",
						whole ? "the first is " + use.name() + "[1]" : "indexes are whole numbers");
			}
		}
	}

	/**
	 * Holds the script against a method.
	 * @param contract the method
	 * @param problems where to report what is found
	 */
	public void against(MethodContract contract, Problems problems) {
		ContractRules contracts = new ContractRules(this.model, problems, this.shebang);
		contracts.check(contract);
		contracts.missingFlag(contract);
		if (contract.readOnly() && !this.shebang.has("no-writes")) {
			contracts.readOnly(this.commands.writes, contract.method());
		}
		new ReplyRules(this.model, problems).check(contract);
		if (!contract.longArguments().isEmpty()) {
			new PrecisionRules(this.model, problems, contract).check();
		}
	}

	/**
	 * The names of the commands it calls, in upper case and without subcommands.
	 * @return the names
	 */
	public Set<String> commandNames() {
		return this.commands.names;
	}

	/**
	 * Whether it calls commands whose names are computed.
	 * @return whether there are more commands than the names say
	 */
	public boolean hasDynamicCommands() {
		return this.commands.dynamic;
	}

	/**
	 * Whether every command it calls is known and none of them writes or publishes.
	 * @return whether the script is proven to be read-only
	 */
	public boolean isProvenReadOnly() {
		return !this.commands.incomplete && this.commands.writes.isEmpty() && !this.commands.dynamic;
	}

	/**
	 * What is known of the servers that run the script.
	 *
	 * @param cluster whether they are a cluster
	 * @param extraGlobals globals that they have besides the usual ones
	 * @param commands their commands
	 */
	public record Servers(boolean cluster, Set<String> extraGlobals, CommandTable commands) {
	}

}
