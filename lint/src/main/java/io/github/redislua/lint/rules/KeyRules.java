package io.github.redislua.lint.rules;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.redislua.lint.Rule;
import io.github.redislua.lint.Severity;
import io.github.redislua.lint.command.CommandInfo;
import io.github.redislua.lint.model.CallUse;
import io.github.redislua.lint.model.Origins;
import io.github.redislua.lint.model.ScriptModel;
import io.github.redislua.lint.report.Messages;
import io.github.redislua.lint.report.Problems;
import io.github.redislua.lint.syntax.Expr;

/**
 * {@code undeclared-key}: one finding a script, at the first place, that counts the
 * others.
 */
final class KeyRules {

	private static final int UNDECLARED = Origins.LITERAL | Origins.ARGUMENT | Origins.REPLY;

	private final ScriptModel model;

	private final Problems problems;

	private final Origins origins;

	private final boolean cluster;

	private final Set<Integer> lines = new TreeSet<>();

	private @Nullable Expr first;

	private int firstOrigin;

	private @Nullable Expr firstLiteral;

	private int firstLiteralOrigin;

	KeyRules(ScriptModel model, Problems problems, boolean cluster) {
		this.model = model;
		this.problems = problems;
		this.origins = new Origins(model);
		this.cluster = cluster;
	}

	void check(CallUse use, CommandInfo info) {
		for (int position : info.keyPositions(use)) {
			Expr key = use.word(position);
			int origin = this.origins.of(key);
			if ((origin & Origins.UNKNOWN) != 0 || (origin & UNDECLARED) == 0
					|| this.problems.isSuppressed(Rule.UNDECLARED_KEY, key.start())) {
				continue;
			}
			this.lines.add(this.problems.line(key.start()));
			if (this.first == null || key.start() < this.first.start()) {
				this.first = key;
				this.firstOrigin = origin;
			}
			boolean literal = (origin & ~Origins.BUILT) == Origins.LITERAL;
			if (literal && !use.isCaught() && (this.firstLiteral == null || key.start() < this.firstLiteral.start())) {
				this.firstLiteral = key;
				this.firstLiteralOrigin = origin;
			}
		}
	}

	void report() {
		if (this.first == null) {
			return;
		}
		if (this.cluster && this.firstLiteral != null) {
			Expr key = this.firstLiteral;
			this.problems.add(Rule.UNDECLARED_KEY, Severity.ERROR, key.start(), key.end(),
					"the key " + quoted(key, this.firstLiteralOrigin)
							+ " is not declared: on a cluster only the node that owns it has it" + others(key),
					"pass it in KEYS, with the same hash tag as the script's other keys");
			return;
		}
		this.problems.add(Rule.UNDECLARED_KEY, Severity.WARN, this.first.start(), this.first.end(),
				message(this.first, this.firstOrigin) + others(this.first), hint(this.firstOrigin));
	}

	private String message(Expr key, int origin) {
		if ((origin & Origins.BUILT) != 0) {
			String literal = this.origins.firstLiteral(key);
			return "this key is built inside the script"
					+ ((literal != null && !literal.isEmpty()) ? " (with '" + printable(literal) + "')" : "")
					+ " and not declared in KEYS";
		}
		if ((origin & Origins.ARGUMENT) != 0) {
			return "this key comes from ARGV and is not declared in KEYS";
		}
		if ((origin & Origins.REPLY) != 0) {
			return "this key comes from a command's reply and is not declared in KEYS";
		}
		return "the key " + quoted(key, origin) + " is not declared in KEYS";
	}

	private static String hint(int origin) {
		if ((origin & Origins.BUILT) != 0 && (origin & Origins.KEYS) != 0) {
			return "on a cluster it may be on another node: pass it in KEYS, or give both the same hash tag";
		}
		return "on a cluster it may be on another node: pass it in KEYS";
	}

	private String quoted(Expr key, int origin) {
		String literal = this.model.literal(key);
		if (literal != null) {
			return "'" + printable(literal) + "'";
		}
		if ((origin & Origins.BUILT) != 0) {
			return "that is put together from literals";
		}
		return ((origin & Origins.KEYS) != 0) ? "that may be a literal" : "that is a literal";
	}

	private static String printable(String literal) {
		String text = Messages.decode(literal);
		return (text.length() > 40) ? text.substring(0, 40) + "..." : text;
	}

	private String others(Expr shown) {
		Set<Integer> rest = new TreeSet<>(this.lines);
		rest.remove(this.problems.line(shown.start()));
		if (rest.isEmpty()) {
			return "";
		}
		StringBuilder out = new StringBuilder((rest.size() == 1) ? " (also line " : " (also lines ");
		int count = 0;
		for (Integer line : rest) {
			if (count == 5) {
				out.append(" and ").append(rest.size() - count).append(" more");
				break;
			}
			out.append((count++ > 0) ? ", " : "").append(line);
		}
		return out.append(')').toString();
	}

}
