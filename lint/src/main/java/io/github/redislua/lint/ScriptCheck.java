package io.github.redislua.lint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.model.ArrayRead;
import io.github.redislua.lint.model.ArrayUse;
import io.github.redislua.lint.model.ModelBuilder;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.model.Shebang;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.report.SourceText;
import io.github.redislua.lint.report.Suppressions;
import io.github.redislua.lint.rules.ScriptRules;
import io.github.redislua.lint.rules.ShebangReader;
import io.github.redislua.lint.rules.SyntaxProblems;
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

	private @Nullable ScriptRules rules;

	private @Nullable ScriptFacts facts;

	// The model of an earlier check of the same script is taken over, where there is one.
	ScriptCheck(ScriptSource source, ScriptChecker checker, @Nullable ScriptModel known) {
		this.source = source;
		this.text = new SourceText(source.bytes());
		this.suppressions = new Suppressions(checker.suppressed());
		Problems problems = new Problems(source.name(), this.text, this.suppressions);
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
			this.suppressions.read(script.chunk(), bytes, this.text);
			this.model = script;
			SyntaxProblems.nul(bytes, problems);
			this.rules = ScriptRules.check(script, this.shebang, problems,
					new ScriptRules.Servers(checker.cluster(), checker.extraGlobals(), checker.commands()));
		}
		catch (LuaSyntaxException ex) {
			SyntaxProblems.report(ex, bytes, this.text, problems);
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
		ScriptRules script = this.rules;
		if (script == null) {
			return List.of();
		}
		Problems problems = new Problems(this.source.name(), this.text, this.suppressions);
		script.against(contract, problems);
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
		ScriptRules checked = this.rules;
		if (script == null || checked == null) {
			return ScriptFacts.unparsed(this.shebang.present(), this.shebang.flags());
		}
		return new ScriptFacts(true, this.shebang.present(), this.shebang.flags(), reads(script, script.keys()),
				reads(script, script.arguments()), checked.commandNames(), checked.hasDynamicCommands(),
				checked.isProvenReadOnly());
	}

	private static ScriptFacts.Reads reads(ScriptModel model, ArrayUse use) {
		int highest = 0;
		int required = 0;
		for (ArrayRead read : use.reads()) {
			if (read.index() >= 1 && read.index() <= Integer.MAX_VALUE) {
				highest = Math.max(highest, (int) read.index());
				if (read.index() > required && !use.isOptional(read.index(), model)) {
					required = (int) read.index();
				}
			}
		}
		return new ScriptFacts.Reads(highest, required, use.isVariadic());
	}

}
