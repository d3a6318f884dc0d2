package io.github.redislua.lint.rules;

import java.util.ArrayList;
import java.util.List;

import io.github.redislua.lint.Count;
import io.github.redislua.lint.MethodContract;
import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.model.ArrayRead;
import io.github.redislua.lint.model.ArrayUse;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.model.Shebang;
import io.github.redislua.lint.report.Messages;
import io.github.redislua.lint.report.Problems;

/**
 * {@code count}, {@code unused} and {@code read-only}: the script against its method.
 */
final class ContractRules {

	private final ScriptModel model;

	private final Problems problems;

	private final Shebang shebang;

	ContractRules(ScriptModel model, Problems problems, Shebang shebang) {
		this.model = model;
		this.problems = problems;
		this.shebang = shebang;
	}

	void check(MethodContract contract) {
		array(this.model.keys(), contract.keys(), "key", contract);
		array(this.model.arguments(), contract.arguments(), "argument", contract);
	}

	private void array(ArrayUse use, Count supplied, String noun, MethodContract contract) {
		if (use.isVariadic() || supplied.isVariadic()) {
			return;
		}
		List<Double> seen = new ArrayList<>();
		for (ArrayRead read : use.reads()) {
			if (read.index() > supplied.max() && read.index() == Math.floor(read.index())
					&& !seen.contains(read.index()) && !this.problems.isSuppressed(Rule.COUNT, read.expr().start())
					&& !use.isOptional(read.index(), this.model)) {
				seen.add(read.index());
				String read1 = use.name() + "[" + (long) read.index() + "]";
				this.problems.add(Rule.COUNT, read.expr(),
						"script reads " + read1 + ", but " + contract.method() + " supplies "
								+ Messages.count(supplied.max(), noun),
						use.name().equals("KEYS") ? "add a key to the method (a @Key parameter or a template)"
								: "if it is optional, write '" + read1 + " or default'");
			}
		}
		unused(use, supplied, noun, contract);
	}

	private void unused(ArrayUse use, Count supplied, String noun, MethodContract contract) {
		List<String> unread = new ArrayList<>();
		for (int i = 1; i <= supplied.max() && unread.size() < 4; i++) {
			if (!use.reads(i)) {
				unread.add(use.name() + "[" + i + "]");
			}
		}
		if (!unread.isEmpty()) {
			String list = (unread.size() > 3) ? String.join(", ", unread.subList(0, 3)) + ", ..."
					: String.join(", ", unread);
			this.problems.add(Rule.UNUSED, Severity.WARN, this.shebang.end(), this.shebang.end(), contract.method()
					+ " supplies " + Messages.count(supplied.max(), noun) + ", but the script never reads " + list,
					null);
		}
	}

	// The commands that a read-only script may not call.
	void readOnly(List<CommandRules.Write> writes, String who) {
		for (CommandRules.Write write : writes) {
			int start = write.use().word(0).start();
			int end = write.use().word(0).end();
			this.problems.add(Rule.READ_ONLY, write.use().isCaught(), start, end,
					who + " is read-only, but the script calls " + write.name() + ", which writes", hint(write.name()));
		}
	}

	private static String hint(String command) {
		return switch (command) {
			case "SORT", "BITFIELD", "GEORADIUS", "GEORADIUSBYMEMBER" -> "if it only reads, call " + command + "_RO";
			case "PFCOUNT" -> "servers treat PFCOUNT as a write, as it updates a cached value";
			case "PUBLISH", "SPUBLISH" -> "servers treat " + command + " as a write, as it goes to the replicas";
			default -> "take the flag away, or the write";
		};
	}

	void missingFlag(MethodContract contract) {
		if (contract.readOnly() && this.shebang.present() && !this.shebang.has("no-writes")) {
			this.problems.add(Rule.READ_ONLY, Severity.ERROR, 0, this.shebang.end(),
					contract.method() + " is read-only, but the script's first line lacks the flag no-writes",
					"write '#!lua flags=no-writes'");
		}
	}

}
