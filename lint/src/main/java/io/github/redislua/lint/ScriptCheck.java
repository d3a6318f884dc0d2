package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.syntax.LuaSyntaxException;
import io.github.redislua.lint.syntax.Parser;

/**
 * A script that was read once, to be held against any number of methods.
 */
public final class ScriptCheck {

	private final ScriptSource source;

	private final SourceText text;

	private final Suppressions suppressions;

	private final List<Finding> findings;

	private final Shebang shebang;

	private @Nullable ScriptModel model;

	private @Nullable CommandRules commands;

	private @Nullable ScriptFacts facts;

	// The model of an earlier check of the same script is taken over, where there is one.
	ScriptCheck(ScriptSource source, ScriptChecker checker, @Nullable ScriptModel known) {
		this.source = source;
		this.text = new SourceText(source.bytes());
		this.suppressions = new Suppressions(checker.suppressed());
		Problems problems = new Problems(source, this.text, this.suppressions);
		Shebang read = new ShebangReader(source.bytes(), problems, checker.extraFlags()).read();
		this.shebang = (read != null) ? read : Shebang.NONE;
		if (read != null) {
			parse(problems, checker, known);
		}
		this.findings = problems.findings();
		Collections.sort(this.findings);
	}

	private void parse(Problems problems, ScriptChecker checker, @Nullable ScriptModel known) {
		byte[] bytes = this.source.bytes();
		try {
			ScriptModel script = (known != null) ? known : ModelBuilder.build(Parser.parse(bytes, this.shebang.end()));
			this.suppressions.read(script.chunk, bytes, this.text);
			this.model = script;
			analyse(script, problems, checker);
		}
		catch (LuaSyntaxException ex) {
			SyntaxProblems.report(ex, bytes, this.text, problems);
		}
	}

	private void analyse(ScriptModel model, Problems problems, ScriptChecker checker) {
		SyntaxProblems.nul(this.source.bytes(), problems);
		new GlobalRules(model, problems, checker.extraGlobals()).check();
		indexes(model.keys, problems);
		indexes(model.arguments, problems);
		KeyRules keys = new KeyRules(model, problems, checker.cluster());
		CommandRules rules = new CommandRules(model, problems, checker.commands(), keys);
		rules.check();
		keys.report();
		this.commands = rules;
		new ReturnRules(model, problems).check();
		if (this.shebang.has("no-writes")) {
			new ContractRules(model, problems, this.shebang).readOnly(rules.writes, "the script (flag no-writes)");
		}
		if (checker.cluster() && this.shebang.has("no-cluster")) {
			problems.add(Rule.SHEBANG, Severity.ERROR, 0, this.shebang.end(),
					"a cluster refuses a script with the flag no-cluster", null);
		}
		if (!model.commands.isEmpty() && !model.globals.contains("KEYS")) {
			CallUse first = model.commands.get(0);
			problems.add(Rule.NO_KEYS, Severity.INFO, first.call.start(), first.call.end(),
					"the script calls commands but declares no keys: some managed clusters refuse it", null);
		}
	}

	private static void indexes(ArrayUse use, Problems problems) {
		if (use.written) {
			return;
		}
		for (ArrayRead read : use.reads) {
			if (read.index < 1 || read.index != Math.rint(read.index)) {
				boolean whole = read.index == Math.rint(read.index);
				String index = whole ? String.valueOf((long) read.index) : String.valueOf(read.index);
				problems.add(Rule.INDEX, read.expr, use.name + "[" + index + "] is always nil",
						whole ? "the first is " + use.name + "[1]" : "indexes are whole numbers");
			}
		}
	}

	/**
	 * The same script in the eyes of another checker, without reading it again: of one
	 * that asked a server in the meantime, for instance.
	 * @param checker the other checker
	 * @return another check
	 */
	public ScriptCheck with(ScriptChecker checker) {
		return new ScriptCheck(this.source, checker, this.model);
	}

	/**
	 * The script's name in reports.
	 * @return the name
	 */
	public String name() {
		return this.source.name();
	}

	/**
	 * What was found in the script itself, in order.
	 * @return the findings
	 */
	public List<Finding> findings() {
		return Collections.unmodifiableList(this.findings);
	}

	/**
	 * What is wrong between the script and a method, without what is wrong in the script
	 * itself. Of a script that does not compile nothing is said.
	 * @param contract the method
	 * @return the findings in order
	 */
	public List<Finding> against(MethodContract contract) {
		ScriptModel script = this.model;
		CommandRules rules = this.commands;
		if (script == null || rules == null) {
			return List.of();
		}
		Problems problems = new Problems(this.source, this.text, this.suppressions);
		ContractRules contracts = new ContractRules(script, problems, this.shebang);
		contracts.check(contract);
		contracts.missingFlag(contract);
		if (contract.readOnly() && !this.shebang.has("no-writes")) {
			contracts.readOnly(rules.writes, contract.method());
		}
		new ReplyRules(script, problems).check(contract);
		List<Finding> found = new ArrayList<>(problems.findings());
		Collections.sort(found);
		return found;
	}

	/**
	 * What the script does, as far as it can be read from its text.
	 * @return the facts
	 */
	public ScriptFacts facts() {
		ScriptFacts result = this.facts;
		if (result == null) {
			result = createFacts();
			this.facts = result;
		}
		return result;
	}

	private ScriptFacts createFacts() {
		ScriptModel script = this.model;
		CommandRules rules = this.commands;
		if (script == null || rules == null) {
			return ScriptFacts.unparsed(this.shebang);
		}
		boolean readOnly = !rules.incomplete && rules.writes.isEmpty() && !rules.dynamic;
		return new ScriptFacts(true, this.shebang, script.keys.facts(script), script.arguments.facts(script),
				rules.names, rules.dynamic, readOnly);
	}

}
